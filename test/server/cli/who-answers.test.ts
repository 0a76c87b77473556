import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { whoAnswers } from '../../../server/cli/who-answers.ts';
import { packageRoot } from '../../../server/package-root.ts';

const folder = mkdtempSync(join(tmpdir(), 'who-answers-'));
afterAll(() => rmSync(folder, { recursive: true }));
const luoyang = join(packageRoot(), 'accounts/luoyang.json');
const asked = { id: '1', region: '410311002', duty: ['公安'], kind: '投诉', urgent: false, spread: 'town' };

async function ask(lines: readonly (object | string)[], accounts = luoyang, home = '410300') {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const said = Promise.all([text(stdout), text(stderr)]);
  const stdin = Readable.from(lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`));
  const code = await whoAnswers({ accounts, home }, stdin, stdout, stderr);
  stdout.end();
  stderr.end();
  const [out, err] = await said;
  const rows = out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { code, rows, err };
}

test('a case gets one line of the agreed shape', async () => {
  const { code, rows, err } = await ask([asked]);
  expect(code).toBe(0);
  expect(err).toBe('');
  expect(rows).toHaveLength(1);
  expect(Object.keys(rows[0]!)).toEqual(['id', 'first', 'outside', 'then', 'clock', 'because']);
  expect(rows[0]).toMatchObject({ id: '1', first: 'kaiyuan-police', outside: null, clock: { minutes: 2880 } });
});

test('a bad row is named with its line and reason, and the others are answered in order', async () => {
  const { code, rows, err } = await ask([
    asked,
    'not json',
    { ...asked, id: '3', spread: 'galaxy' },
    { ...asked, id: '4', duty: ['警察'] },
    { ...asked, id: '5', region: '41' },
    '',
    { ...asked, id: '7' },
  ]);
  expect(code).toBe(3);
  expect(rows.map(({ id }) => id)).toEqual(['1', '7']);
  expect(err).toMatch(/第 2 行未采用：不是 JSON/);
  expect(err).toMatch(/第 3 行未采用：spread 应是/);
  expect(err).toMatch(/第 4 行未采用：duty 不认识“警察”/);
  expect(err).toMatch(/第 5 行未采用：region 应是/);
});

test('fields that are null or unknown mean nothing', async () => {
  const nulls = {
    place: null,
    answeredBy: null,
    missing: null,
    contradicts: null,
    overdue: null,
    handedTo: null,
    note: 1,
  };
  const { code, rows } = await ask([asked, { ...asked, ...nulls }]);
  expect(code).toBe(0);
  expect(rows[1]).toEqual(rows[0]);
});

test('an accounts file that is no good is a fault, a home that is no code is wrong use', async () => {
  const file = join(folder, 'bad.json');
  writeFileSync(file, '[{"id":"a"}]');
  expect(await ask([asked], file)).toMatchObject({
    code: 1,
    rows: [],
    err: expect.stringMatching(/bad\.json 第 1 个账号的 tier/) as string,
  });
  expect(await ask([asked], luoyang, '洛阳')).toMatchObject({ code: 2, rows: [] });
});

test('with --explain the answer is text that a duty officer reads, with names and no codes', async () => {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const said = text(stdout);
  const stdin = Readable.from([`${JSON.stringify({ ...asked, text: '路口堵了', at: '2026-11-20T23:00:00+08:00' })}\n`]);
  const code = await whoAnswers({ accounts: luoyang, home: '410300', explain: true }, stdin, stdout, stderr);
  stdout.end();
  expect(code).toBe(0);
  const out = await said;
  expect(out).toMatch(/^【1】路口堵了\n谁来答：由开元路派出所（演练）先答\n时限：48 小时/);
  expect(out).toContain('属地：事发地河南省洛阳市洛龙区开元路街道');
  expect(out).toContain('  转发 洛龙公安（演练）。');
  expect(out).not.toMatch(/410311|kaiyuan/);
});

test('refusals and a time are read, and a field that is wrong is named', async () => {
  const { rows, err } = await ask([
    { ...asked, refusals: [{ account: 'kaiyuan-police', next: 'luolong-urban', why: '占道' }] },
    { ...asked, refusals: [{ next: 'x' }] },
    { ...asked, at: 'gestern' },
  ]);
  expect(rows.map(({ first }) => first)).toEqual(['luolong-urban']);
  expect(err).toMatch(/第 2 行未采用：refusals.account 应是文字/);
  expect(err).toMatch(/第 3 行未采用：at 应是时间/);
});
