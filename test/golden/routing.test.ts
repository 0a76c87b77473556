import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildMatrix } from '../../pipelines/5-respond/matrix.ts';
import { suggestTier } from '../../pipelines/5-respond/suggest-tier.ts';
import { regionCode } from '../../pipelines/domain/region.ts';
import { ACT_NAMES } from '../../pipelines/domain/suggestion.ts';
import { readAccounts } from '../../server/adapters/accounts/read-accounts.ts';
import { readCase } from '../../server/cli/read-case.ts';
import { packageRoot } from '../../server/package-root.ts';

/** test/golden/README.md says what each field means. */
interface Row {
  readonly why: string;
  readonly case: Record<string, unknown>;
  readonly first: string | null;
  readonly then?: readonly string[];
  readonly never?: readonly string[];
  readonly minutes?: number;
  readonly outside?: string;
  readonly says?: string;
}
interface Group {
  readonly group: string;
  readonly accounts: string;
  readonly home?: string;
  readonly cases: readonly Row[];
}

const groups = JSON.parse(readFileSync(join(packageRoot(), 'test/golden/routing.json'), 'utf8')) as readonly Group[];

describe.each(groups)('$group', ({ accounts, home, cases }) => {
  const read = readAccounts(join(packageRoot(), accounts));
  const known = new Set(read.map((account) => account.id));
  const matrix = buildMatrix(read, home === undefined ? undefined : regionCode(home));

  test.each(cases)('$why', (row) => {
    const got = readCase({ id: row.why, ...row.case });
    if ('because' in got) throw new Error(`the case itself is wrong: ${got.because}`);
    const suggestion = suggestTier(got.theCase, matrix);
    const said = suggestion.then.map(({ act, account }) => `${ACT_NAMES[act]} ${account}`);
    for (const line of [...(row.then ?? []), ...(row.never ?? [])])
      expect(known, `${line} names an account that is not in ${accounts}`).toContain(line.split(' ')[1]);

    expect(suggestion.first).toBe(row.first);
    expect(suggestion.outside).toBe(row.outside ?? null);
    expect(said.filter((line) => row.then?.includes(line) ?? false)).toEqual(row.then ?? []);
    expect(said.filter((line) => row.never?.includes(line) ?? false)).toEqual([]);
    if (row.minutes !== undefined) expect(suggestion.clock.minutes).toBe(row.minutes);
    if (row.says !== undefined) expect(suggestion.because.join('\n')).toContain(row.says);
    expect(suggestion.because.length).toBeGreaterThan(0);
  });
});

test('the table holds at least eighty cases, no two with the same sentence', () => {
  const sentences = groups.flatMap((group) => group.cases.map((row) => row.why));
  expect(sentences.length).toBeGreaterThanOrEqual(80);
  expect(new Set(sentences).size).toBe(sentences.length);
});
