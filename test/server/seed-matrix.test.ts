import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { regionCode } from '../../pipelines/domain/region.ts';
import { openMatrixOffice, type MatrixOffice } from '../../server/matrix-office.ts';
import { loadRegionNames } from '../../server/load-gazetteer.ts';
import { anAccount } from '../seeds/accounts.ts';

const regions = loadRegionNames();
const folder = mkdtempSync(join(tmpdir(), 'seed-'));
afterAll(() => rmSync(folder, { recursive: true }));
const NOON = Date.parse('2026-11-20T12:00:00+08:00');
const open = (varDir: string, accounts?: string): MatrixOffice & { readonly warned: string[] } => {
  const warned: string[] = [];
  const config = { varDir: join(folder, varDir), ...(accounts === undefined ? {} : { accounts }) };
  const office = openMatrixOffice({
    ...{ config, clock: { now: () => NOON }, regions, home: regionCode('410300') },
    log: { warn: (message) => warned.push(message) },
  });
  return { ...office, warned };
};
const fileOf = (name: string, ...ids: readonly string[]): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(ids.map((id) => anAccount({ id, duties: ['公安', '综合'] }))));
  return path;
};

test('the first start takes the accounts file over, dated and with where it came from', () => {
  const file = fileOf('first.json', 'a', 'b');
  const office = open('one', file);
  expect(office.now.accounts.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(office.store.history('a')).toMatchObject([
    { n: 1, at: NOON, by: '首次启动', why: '取自first.json', was: null },
  ]);
  expect(office.notice).toBeUndefined();
  office.close();
});

test('without a file the drill’s matrix is taken, so that a first look shows something', () => {
  const office = open('two');
  expect(office.now.accounts.length).toBeGreaterThan(60);
  office.close();
});

test('a later change of the file overwrites nothing, and is told of with the command that takes it over', () => {
  open('three', fileOf('later.json', 'a')).close();
  const file = fileOf('later.json', 'a', 'z');
  const office = open('three', file);
  expect(office.now.accounts.map(({ id }) => id)).toEqual(['a']);
  expect(office.notice).toBe(
    `矩阵以数据目录里的为准，没有用文件覆盖：${file}与当初采用的不同；要采用它，请运行 wenbida accounts import ${file}`,
  );
  expect(office.warned).toContain(office.notice);
  office.close();
  const same = open('three', fileOf('later.json', 'a'));
  expect(same.notice).toBeUndefined();
  same.close();
});

test('what another process changes counts from the next suggestion on', () => {
  const here = open('four', fileOf('four.json', 'a'));
  const there = open('four', join(folder, 'four.json'));
  const asked = {
    id: '1',
    region: regionCode('410311'),
    duty: ['公安' as const],
    kind: '投诉' as const,
    urgent: false,
    spread: 'county' as const,
  };
  expect(here.suggest(asked).first).toBe('a');
  there.store.change(1, {
    changes: [{ retire: 'a' }, { put: anAccount({ id: 'b', name: '新局' }) }],
    at: NOON,
    by: '某',
    why: '撤并',
  });
  expect(here.suggest(asked).first).toBe('b');
  expect(here.now.account('a')?.name).toBe('a');
  here.close();
  there.close();
});
