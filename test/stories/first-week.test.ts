import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ReportList } from '../../server/contract/report.ts';
import { HOUR, MINUTE, runApp, type RunningApp } from './running-app.ts';

/** Tuesday of week 48: Monday 8:00 has passed. */
const NOW = Date.parse('2026-11-24T09:30:00+08:00');

let dir: string;
let running: RunningApp;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'story-first-week-'));
  running = await runApp({ dir, now: NOW });
});
afterEach(async () => {
  await running.close();
  rmSync(dir, { recursive: true, force: true });
});

const list = () => running.get<ReportList>('reports');
const fileOf = async (week: string, format: string): Promise<string> => {
  expect((await running.ask(`reports/${week}`, {})).status).toBe(201);
  return await (await fetch(`${running.url}/api/v1/reports/${week}/file?format=${format}`)).text();
};

test('a server of one hour makes no report of last week by itself; asked for one, it says that there is no data and since when there is', async () => {
  expect(await list()).toMatchObject({ since: null, versions: [] });
  expect(await fileOf('2026-W47', 'html')).toContain('还没有收到过帖文');
  await running.post([{ id: 'first', text: '嵩县车村镇今天赶集，人真多', at: NOW - HOUR - MINUTE / 2 }]);
  await running.app.flow.drained();
  const html = await fileOf('2026-W46', 'html');
  expect(html).toContain('这一周还没有数据：保存的帖文从2026年11月24日08:29起');
  for (const title of ['一页摘要', '重点事件']) expect(html).not.toContain(title);
  expect(await fileOf('2026-W46', 'csv')).toContain('这一周还没有数据');
  // This week has: it is counted from its first post on, and says so.
  const own = await fileOf('2026-W48', 'html');
  expect(own).toContain('一页摘要');
  expect(own).toContain('起点：保存的帖文从2026年11月24日08:29起');
  expect((await list()).versions.map(({ madeBy }) => madeBy)).not.toContain('日程');
});
