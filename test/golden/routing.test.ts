import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { buildMatrix } from '../../pipelines/5-respond/matrix.ts';
import { loadRegionNames } from '../../server/load-gazetteer.ts';
import { packageRoot } from '../../server/package-root.ts';
import { renderRoutingCases } from '../../server/render-routing-cases.ts';
import { readRoutingCases, runRoutingCases } from '../../server/routing-cases.ts';
import { anAccount } from '../seeds/accounts.ts';

const names = loadRegionNames();
const groups = readRoutingCases(join(packageRoot(), 'test/golden/routing.json'));
const judged = runRoutingCases(groups, { names });

describe.each(judged)('$group', ({ rows }) => {
  test.each(rows.map((row) => [row.row.why, row] as const))('%s', (_, { wrong, suggestion }) => {
    expect(wrong).toEqual([]);
    expect(suggestion.because.length).toBeGreaterThan(0);
  });
});

test('the table holds at least a hundred and fifty cases, no two with the same sentence', () => {
  const sentences = groups.flatMap((group) => group.cases.map((row) => row.why));
  expect(sentences.length).toBeGreaterThanOrEqual(150);
  expect(new Set(sentences).size).toBe(sentences.length);
});

test('the page for duty officers is the table: npm run routing-cases writes it', () => {
  const page = readFileSync(join(packageRoot(), 'docs/routing-cases.md'), 'utf8');
  expect(page).toBe(renderRoutingCases(judged, names));
});

describe('an office writes cases of its own, without code', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cases-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (value: unknown): string => {
    const path = join(folder, 'routing-cases.json');
    writeFileSync(path, JSON.stringify(value));
    return path;
  };
  const own = () => buildMatrix([anAccount({ id: 'a', name: '洛龙公安' })]);
  const asked = { region: '410311', duty: ['公安'], kind: '投诉', spread: 'county' };
  const wrongOf = (row: object): readonly string[] =>
    runRoutingCases(readRoutingCases(file([{ why: '街面纠纷', case: asked, first: '洛龙公安', ...row }])), {
      names,
      own,
    })[0]!.rows[0]!.wrong;

  test('accounts are named as people name them, and what is as it should be says nothing', () => {
    expect(wrongOf({})).toEqual([]);
  });

  test.each<[string, object, RegExp]>([
    ['another first', { first: null }, /应由无人先答，实为洛龙公安/],
    ['another clock', { minutes: 15 }, /时限应为15分钟，实为2880分钟/],
    ['an act that is not there', { then: ['转发 洛龙公安'] }, /随后应依次有：转发 a；实有：无/],
    ['an account that is not there', { first: '某局' }, /矩阵里没有账号“某局”/],
    ['words that are not said', { says: '垂直管理' }, /依据里应说到“垂直管理”/],
    ['another region', { outside: '410105' }, /应属410105，实属本地/],
  ])('%s is told in words', (_, row, says) => {
    expect(wrongOf(row).join('')).toMatch(says);
  });

  test.each<[string, unknown, RegExp]>([
    ['no array', {}, /应是非空的数组/],
    ['no reason', [{ case: asked, first: 'a' }], /第 1 条缺少 why/],
    ['no first', [{ why: 'x', case: asked }], /缺少 first/],
  ])('a file with %s is refused with the place', (_, value, says) => {
    expect(() => readRoutingCases(file(value))).toThrow(says);
  });

  test('a case that can not be read is refused by its sentence', () => {
    const groupsHere = readRoutingCases(file([{ why: '错的', case: { ...asked, spread: 'galaxy' }, first: 'a' }]));
    expect(() => runRoutingCases(groupsHere, { names, own })).toThrow(/用例“错的”本身不对：spread 应是/);
  });
});
