import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadRegionNames } from '../../../server/load-gazetteer.ts';
import { packageRoot } from '../../../server/package-root.ts';
import { readMatrix, sayFinding } from '../../../server/read-matrix.ts';

const names = loadRegionNames();

describe.each(['police', 'environment', 'general', 'tourism'])('the ready matrix %s', (name) => {
  const { accounts, findings } = readMatrix(join(packageRoot(), `accounts/examples/${name}.json`), names);

  test('is complete and has no holes', () => {
    expect(findings.filter(({ severity }) => severity !== 'hint').map(sayFinding)).toEqual([]);
    expect(accounts.length).toBeGreaterThanOrEqual(20);
  });

  test('has hours for every unit, a channel for every public account, and no contact of anybody', () => {
    for (const account of accounts) {
      expect(account.hours, account.name).toBeDefined();
      expect(account.contact).toBeUndefined();
      if (account.public) expect(account.channels?.length, account.name).toBeGreaterThan(0);
    }
  });

  test('knows every region it names', () => {
    for (const { region } of accounts) expect(names.knows(region), region).toBe(true);
  });

  test('says of itself that it is an example', () => {
    for (const account of accounts) if (account.public) expect(account.name).toMatch(/（样例）$/);
  });
});
