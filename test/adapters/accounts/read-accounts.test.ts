import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { AccountsError, parseAccounts, readAccounts } from '../../../server/adapters/accounts/read-accounts.ts';
import { loadRegionNames } from '../../../server/load-gazetteer.ts';
import { parseMatrix, readMatrix, sayFinding } from '../../../server/read-matrix.ts';
import { packageRoot } from '../../../server/package-root.ts';

const names = loadRegionNames();
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
    parseMatrix(rows, 'x.json', names);
  } catch (error) {
    if (error instanceof AccountsError) return error.message;
    throw error;
  }
  return 'taken';
};

describe('an accounts file is refused in one sentence that names the file, the row, the field and the remedy', () => {
  test.each([
    ['two accounts of one id', [account('a'), account('a')], /x\.json 第 2 个账号的 id.*第1个.*请改成不同的id/],
    ['an unknown tier', [account('a', { tier: '县' })], /第 1 个账号的 tier：不认识“县”，应是 village、town/],
    ['an unknown duty, with the known words', [account('a', { duties: ['警察'] })], /duties：不认识“警察”.*公安、交通/],
    ['a parent that is not there', [account('a', { parent: 'z' })], /parent：a：找不到上级账号“z”/],
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
  expect(readAccounts(file)).toEqual(parseAccounts([account('a')], 'x'));
});

test('hours, channels and a contact are read, and a file without them stays as it was', () => {
  const [full, bare] = parseAccounts(
    [
      account('a', {
        hours: '周一至周五 09:00-18:00',
        channels: [{ platform: '微博', handle: '@平安洛龙', link: 'https://weibo.com/x' }],
        contact: '0379-110',
      }),
      account('b'),
    ],
    'x',
  );
  expect(full).toMatchObject({
    hours: [{ days: [1, 2, 3, 4, 5], from: 540, to: 1080 }],
    channels: [{ platform: '微博', handle: '@平安洛龙', link: 'https://weibo.com/x' }],
    contact: '0379-110',
  });
  expect(Object.keys(bare!)).toEqual(['id', 'name', 'unit', 'tier', 'region', 'duties', 'public']);
  expect(
    parseAccounts([account('a', { channels: '微博 @平安洛龙 https://weibo.com/x；抖音 平安洛龙' })], 'x'),
  ).toMatchObject([
    {
      channels: [
        { platform: '微博', handle: '@平安洛龙', link: 'https://weibo.com/x' },
        { platform: '抖音', handle: '平安洛龙' },
      ],
    },
  ]);
});

test('holes are told of, each with what would be suggested wrongly and how to mend it, and stop nothing', () => {
  const { findings } = parseMatrix([account('a', { duties: [] })], 'x', names);
  expect(findings.map(sayFinding).join('\n')).toMatch(/没有综合账号：.*；.*/);
  for (const said of ['没有指挥中心', '没有公安账号', '没有督办账号', 'a没有主管'])
    expect(findings.some(({ severity, says }) => severity === 'hole' && says.includes(said))).toBe(true);
});

test('the matrix of the drill has no holes', () => {
  const drill = readMatrix(join(packageRoot(), 'accounts/luoyang.json'), names);
  expect(drill.accounts.length).toBeGreaterThanOrEqual(60);
  expect(drill.accounts.some((one) => !one.public)).toBe(true);
  expect(drill.findings.filter(({ severity }) => severity !== 'hint').map(sayFinding)).toEqual([]);
});
