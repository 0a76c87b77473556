import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EVERYTHING_SUBSCRIBED } from '../../../pipelines/domain/notify-channel.ts';
import type { RegionCode } from '../../../pipelines/domain/region.ts';
import { EVENING } from '../../seeds/notices.ts';
import { notifyDesk, raise, TwoClocks, type NotifyDesk } from '../../seeds/notify-app.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** The next morning at eight: the night shift ends and the day shift begins. */
const MORNING = EVENING + 11 * HOUR;

let dir: string;
let clocks: TwoClocks;
let here: NotifyDesk;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'shift-notes-'));
  clocks = new TwoClocks();
  here = notifyDesk(dir, clocks);
  const target = { kind: 'wecom', url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k' } as const;
  for (const [id, regions] of [
    ['day', []],
    ['night', []],
    ['songxian', ['410325']],
  ] as const) {
    const subscription = { ...EVERYTHING_SUBSCRIBED, regions: regions as readonly RegionCode[] };
    const about = { target, subscription, quiet: null, second: null, paused: true };
    here.runner.book.channels.add({ ...about, id, name: id, changedAt: 0, changedBy: '' });
  }
  const days = { days: [1, 2, 3, 4, 5, 6, 7] };
  const night = [{ name: '夜', channel: 'night' }];
  const day = [
    { name: '张', channel: 'day' },
    { name: '李', channel: 'day' },
    { name: '嵩县值班', channel: 'songxian' },
  ];
  here.runner.book.duty.saveShift({ name: '夜班', on: days, from: 20 * 60, to: 8 * 60, members: night });
  here.runner.book.duty.saveShift({ name: '白班', on: days, from: 8 * 60, to: 20 * 60, members: day });
  await here.runner.round();
});
afterEach(async () => {
  await here.close();
  rmSync(dir, { recursive: true });
});

const notes = (channel: string) =>
  here.runner.book.deliveries
    .list({ limit: 99, channel })
    .filter(({ notice }) => notice.kind === 'shiftNote')
    .map(({ notice }) => notice);
const at = async (time: number): Promise<void> => {
  clocks.pass(time - clocks.wall);
  await here.runner.round();
};
const again = async (): Promise<void> => {
  await here.close();
  here = notifyDesk(dir, clocks);
};

test('whoever comes on duty is sent what the shift before leaves them, once a channel', async () => {
  raise(here.desk, '停暖', { title: '锦川小区停暖' });
  raise(here.desk, '走失', { title: '老人走失', lifeAtRisk: true, region: '410327' as RegionCode });
  await at(MORNING - 1);
  expect(notes('day')).toEqual([]);
  await at(MORNING);
  await at(MORNING + 5 * MINUTE);
  const [note, ...more] = notes('day');
  expect(more).toEqual([]);
  expect(note?.title).toBe('白班，张、李、嵩县值班');
  expect(note?.says[0]).toMatch(/^11月20日20:00至11月21日08:00：新增2件，办结0件，接着办2件，其中危及生命1件/u);
  // A life at risk stands first; where it is and whose court it is in are said with how long is left.
  expect(note?.says[1]).toMatch(/^1、【急】老人走失（410327）/u);
  expect(note?.says[2]).toMatch(/^2、锦川小区停暖（嵩县），还剩37时，.*起在songxian$/u);
  // Whoever went off duty is not told.
  expect(notes('night')).toEqual([]);
});

test('a channel of one county hears of nothing elsewhere', async () => {
  raise(here.desk, '停暖', { title: '锦川小区停暖' });
  raise(here.desk, '走失', { title: '老人走失', lifeAtRisk: true, region: '410327' as RegionCode });
  await at(MORNING);
  const told = notes('songxian')[0]?.says.join('') ?? '';
  expect(told).toContain('锦川小区停暖');
  expect(told).not.toContain('老人走失');
  expect(told).toContain('新增1件');
});

test('a kill around the change of shifts neither loses nor doubles it', async () => {
  await again();
  await at(MORNING + MINUTE);
  await again();
  await at(MORNING + 2 * MINUTE);
  expect(notes('day')).toHaveLength(1);
});

test('a clock set back sends nothing twice and stops nothing', async () => {
  await at(MORNING);
  await at(EVENING);
  await at(MORNING);
  expect(notes('day')).toHaveLength(1);
  await at(EVENING + 1_000 * 24 * HOUR);
  await at(MORNING + HOUR);
  await at(MORNING + 24 * HOUR);
  expect(notes('day').map((note) => note.at)).toContain(MORNING + 24 * HOUR);
});

test('a stand-in of one date is told in the place of the weekly shift', async () => {
  const members = [{ name: '替班', channel: 'night' }];
  here.runner.book.duty.saveShift({ name: '替班', on: { date: '2026-11-21' }, from: 8 * 60, to: 20 * 60, members });
  await at(MORNING);
  expect(notes('night').map(({ title }) => title)).toEqual(['替班，替班']);
  expect(notes('day')).toEqual([]);
});
