import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { AccountsError, parseAccounts, readAccounts } from '../../../server/adapters/accounts/read-accounts.ts';
import { packageRoot } from '../../../server/package-root.ts';

const folder = mkdtempSync(join(tmpdir(), 'accounts-'));
afterAll(() => rmSync(folder, { recursive: true }));
const account = (id: string, other: object = {}): object => ({
  id,
  name: id,
  unit: id,
  tier: 'county',
  region: '410311',
  duties: ['公安'],
  public: true,
  ...other,
});
const refusal = (rows: unknown): string => {
  try {
    parseAccounts(rows, 'x.json');
  } catch (error) {
    if (error instanceof AccountsError) return error.message;
    throw error;
  }
  return 'taken';
};

describe('an accounts file is refused in one sentence that names the file, the row, the field and the remedy', () => {
  test.each([
    ['two accounts of one id', [account('a'), account('a')], /x\.json 第 2 个账号的 id.*第 1 个.*请改成不同的 id/],
    ['an unknown tier', [account('a', { tier: '县' })], /第 1 个账号的 tier：不认识“县”，应是 village、town/],
    ['an unknown duty, with the known words', [account('a', { duties: ['警察'] })], /duties：不认识“警察”.*公安、交通/],
    ['a parent that is not there', [account('a', { parent: 'z' })], /parent：找不到上级账号“z”/],
    [
      'a parent of a lower tier',
      [account('a', { parent: 'b' }), account('b', { tier: 'town', region: '410311002' })],
      /parent.*还低/,
    ],
    [
      'a loop',
      [account('a', { parent: 'b' }), account('b', { parent: 'c' }), account('c', { parent: 'a' })],
      /绕回了自己（a → b → c → a）/,
    ],
    ['an account above itself', [account('a', { parent: 'a' })], /绕回了自己/],
    ['a bad division code', [account('a', { region: '4103' })], /region：“4103”不是区划代码/],
    ['a division code that is missing', [account('a', { region: undefined })], /region：缺少/],
    ['public left out', [account('a', { public: undefined })], /public：缺少/],
    ['an empty name', [account('a', { name: ' ' })], /name：/],
    ['a row that is no object', ['a'], /第 1 个账号的 整行/],
    ['no array at all', { rows: [] }, /应是账号数组/],
  ])('%s', (_, rows, says) => {
    expect(refusal(rows)).toMatch(says);
  });

  test('a file that is no JSON, and one that is not there', () => {
    const file = join(folder, 'broken.json');
    writeFileSync(file, '[{');
    expect(() => readAccounts(file)).toThrow(/broken\.json 不是合法的 JSON/);
    expect(() => readAccounts(join(folder, 'none.json'))).toThrow(/none\.json 读不了/);
  });
});

test('an array and an object with accounts are read alike, also with a byte order mark', () => {
  const file = join(folder, 'marked.json');
  writeFileSync(file, `\uFEFF${JSON.stringify({ accounts: [account('a')] })}`);
  expect(readAccounts(file).accounts).toEqual(parseAccounts([account('a')], 'x').accounts);
});

test('holes are warned of and stop nothing', () => {
  const { warnings } = parseAccounts([account('a', { duties: [] })], 'x');
  expect(warnings.join('\n')).toMatch(
    /没有综合账号[\s\S]*没有指挥中心[\s\S]*没有公安账号[\s\S]*没有督办账号[\s\S]*a 没有主管/,
  );
});

test('the matrix of the drill and the examples are sound; the drill has no holes', () => {
  const drill = readAccounts(join(packageRoot(), 'accounts/luoyang.json'));
  expect(drill.accounts.length).toBeGreaterThanOrEqual(60);
  expect(drill.accounts.some((one) => !one.public)).toBe(true);
  expect(drill.warnings).toEqual([]);
  for (const name of ['police', 'environment', 'tourism'])
    expect(readAccounts(join(packageRoot(), `accounts/examples/${name}.json`)).accounts.length).toBeGreaterThan(5);
});
