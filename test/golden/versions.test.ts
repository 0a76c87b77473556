import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compareVersions } from '../../pipelines/5-respond/compare-versions.ts';

interface Row {
  readonly why: string;
  readonly a: string;
  readonly b: string;
  /** Fact, words in a, words in b. */
  readonly differs: readonly (readonly [string, string, string])[];
  /** Words that only one says; left out where the row does not ask. */
  readonly onlyA?: readonly string[];
  readonly onlyB?: readonly string[];
  readonly mayBeNewer?: boolean;
}

/** Friday 20 November 2026, 22:00 in Shanghai: both texts are of this evening. */
const publishedAt = Date.parse('2026-11-20T22:00:00+08:00');
const rows = JSON.parse(readFileSync(new URL('versions.json', import.meta.url), 'utf8')) as readonly Row[];

describe('two official texts, compared', () => {
  test('the table holds at least forty pairs, and half of them state nothing differently', () => {
    expect(rows.length).toBeGreaterThanOrEqual(40);
    expect(rows.filter(({ differs }) => differs.length === 0).length).toBeGreaterThanOrEqual(rows.length / 3);
  });

  test.each(rows.map((row) => [row.why, row] as const))('%s', (_why, row) => {
    const [a, b] = [
      { text: row.a, publishedAt },
      { text: row.b, publishedAt },
    ];
    const found = compareVersions(a, b);
    expect(found.differs.map((each) => [each.fact, each.a.text, each.b.text])).toEqual(row.differs);
    for (const { a: inA, b: inB } of found.differs) {
      expect(row.a.slice(inA.start, inA.end)).toBe(inA.text);
      expect(row.b.slice(inB.start, inB.end)).toBe(inB.text);
    }
    if (row.onlyA !== undefined) expect(found.onlyA.map(({ at }) => at.text)).toEqual(row.onlyA);
    if (row.onlyB !== undefined) expect(found.onlyB.map(({ at }) => at.text)).toEqual(row.onlyB);
    if (row.mayBeNewer !== undefined)
      expect(found.differs.map(({ mayBeNewer }) => mayBeNewer)).toEqual(row.differs.map(() => row.mayBeNewer));
    // The other way round says the same, and a text never differs from itself.
    const back = compareVersions(b, a).differs.map((each) => [each.fact, each.b.text, each.a.text]);
    expect(back.sort()).toEqual([...row.differs].map((each) => [...each]).sort());
    expect(compareVersions(a, a).differs).toEqual([]);
  });
});
