import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EVERYTHING_SUBSCRIBED } from '../../../pipelines/domain/notify-channel.ts';
import { NO_PAGING } from '../../../pipelines/domain/duty-roster.ts';
import type { IncidentId } from '../../../pipelines/domain/incident.ts';
import { openDb } from '../../../server/adapters/sqlite/open-db.ts';
import { EVENING } from '../../seeds/notices.ts';
import { called, notifyDesk, raise, TwoClocks, type NotifyDesk } from '../../seeds/notify-app.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ONE = 'i1' as IncidentId;

let dir: string;
let clocks: TwoClocks;
let here: NotifyDesk;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'calls-'));
  clocks = new TwoClocks();
  here = notifyDesk(dir, clocks);
  const target = { kind: 'wecom', url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k' } as const;
  const about = { target, subscription: EVERYTHING_SUBSCRIBED, quiet: null, second: null, paused: true };
  for (const id of ['zhang', 'li', 'lead', 'audit'])
    here.runner.book.channels.add({ ...about, id, name: id, paused: id !== 'audit', changedAt: 0, changedBy: '' });
  const members = [
    { name: '张', channel: 'zhang' },
    { name: '李', channel: 'li' },
  ];
  here.runner.book.duty.saveShift({ name: '班', on: { days: [1, 2, 3, 4, 5, 6, 7] }, from: 0, to: 0, members });
  const leads = [{ name: '主任', channel: 'lead' }];
  here.runner.book.duty.saveRules({ ...NO_PAGING, on: true, waitMinutes: 10, leads, auditChannel: 'audit' });
});
afterEach(async () => {
  await here.close();
  rmSync(dir, { recursive: true });
});

const calls = (id = ONE): string[] => called(here.runner.book.duty.events(id));
/** A round of the caller alone. */
const look = (): void => here.runner.caller.round();
const found = async (id: string, given = {}): Promise<void> => {
  raise(here.desk, id, { urgent: true, ...given });
  await here.runner.round();
};
const again = async (): Promise<void> => {
  await here.close();
  here = notifyDesk(dir, clocks);
};

test('the first on duty is called at once, the next after ten minutes, then the lead, until somebody takes over', async () => {
  await found('i1');
  expect(calls()).toEqual(['张']);
  const page = here.runner.book.deliveries.list({ limit: 9, channel: 'zhang' });
  expect(page.map(({ notice }) => [notice.id, notice.kind, notice.says[0]])).toContainEqual([
    'page-i1-0',
    'page',
    '值班：张，请打开并接手',
  ]);
  clocks.pass(10 * MINUTE - 1);
  look();
  expect(calls()).toEqual(['张']);
  clocks.pass(1);
  look();
  expect(calls()).toEqual(['张', '李']);
  clocks.pass(10 * MINUTE);
  look();
  expect(calls()).toEqual(['张', '李', '主任']);
  expect(here.runner.caller.take(ONE, '李')).toBe(true);
  expect(here.runner.caller.take(ONE, '张')).toBe(false);
  clocks.pass(HOUR);
  look();
  expect(calls()).toEqual(['张', '李', '主任']);
  expect(here.runner.book.duty.timers()).toEqual([]);
});

test('a kill between two steps loses none and doubles none, also where the server was down when one was due', async () => {
  await found('i1');
  await again();
  look();
  expect(calls()).toEqual(['张']);
  clocks.pass(25 * MINUTE);
  await again();
  look();
  look();
  expect(calls()).toEqual(['张', '李']);
  clocks.pass(10 * MINUTE);
  look();
  expect(calls()).toEqual(['张', '李', '主任']);
});

test.each([
  ['an hour forward', HOUR],
  ['an hour back', -HOUR],
  ['a day back', -24 * HOUR],
  ['ten years forward', 87_600 * HOUR],
])('a clock that is set %s moves no step by more than five seconds', async (_, jump) => {
  await found('i1');
  clocks.pass(5 * MINUTE);
  look();
  here.runner.auditor.round();
  clocks.wall += jump;
  look();
  here.runner.auditor.round();
  look();
  expect(calls()).toEqual(['张']);
  clocks.pass(5 * MINUTE - 1_000);
  look();
  expect(calls()).toEqual(['张']);
  clocks.pass(1_000);
  look();
  here.runner.auditor.round();
  expect(calls()).toEqual(['张', '李']);
});

test('set back before a restart, a step is late by no more than one wait', async () => {
  await found('i1');
  clocks.wall -= 24 * HOUR;
  await again();
  look();
  clocks.pass(10 * MINUTE);
  look();
  expect(calls()).toEqual(['张', '李']);
});

test('a timer that somebody deleted is found within a minute, the step is taken, and it is told another way', async () => {
  await found('i1');
  here.runner.auditor.round();
  const db = openDb(join(dir, 'notify.sqlite'));
  db.exec('DELETE FROM timer');
  db.close();
  clocks.pass(10 * MINUTE + 15_000);
  look();
  expect(calls()).toEqual(['张']);
  here.runner.auditor.round();
  look();
  expect(calls()).toEqual(['张', '李']);
  const [told] = here.runner.book.deliveries
    .list({ limit: 9, channel: 'audit' })
    .filter(({ notice }) => notice.kind === 'audit');
  expect(told?.notice.says).toEqual(['呼叫的定时丢了，已补上第2步']);
  here.runner.auditor.round();
  expect(here.runner.book.duty.events(ONE).filter(({ act }) => act === 'missed')).toHaveLength(1);
});

test('a caller that stands still is noticed, and so are alerts that nobody reads', async () => {
  await found('i1');
  here.runner.auditor.round();
  clocks.pass(10 * MINUTE + 25_000);
  here.runner.auditor.round();
  expect(here.runner.book.duty.events(ONE).at(-1)).toMatchObject({ act: 'missed', step: 1 });
  raise(here.desk, 'unread', {}, EVENING + 9);
  here.runner.auditor.round();
  clocks.pass(45_000);
  here.runner.auditor.round();
  const told = here.runner.book.deliveries.list({ limit: 20, channel: 'audit' }).map(({ notice }) => notice.id);
  expect(told).toContain('audit-unread-1');
});

test('at night what can wait waits for the morning; what is urgent does not', async () => {
  clocks.pass(2 * HOUR);
  await found('i1', { urgent: false });
  await found('i2');
  expect(calls()).toEqual([]);
  expect(calls('i2' as IncidentId)).toEqual(['张']);
  expect(here.runner.book.duty.events(ONE).at(-1)).toMatchObject({ act: 'deferred' });
  await again();
  clocks.pass(8 * HOUR);
  look();
  expect(calls()).toEqual(['张']);
});

test('where nobody is on duty and nobody leads, it is said at once by the way of the auditor', async () => {
  here.runner.book.duty.removeShift(1);
  here.runner.book.duty.saveRules({ ...here.runner.book.duty.rules(), leads: [] });
  await found('i1');
  const told = here.runner.book.deliveries
    .list({ limit: 9, channel: 'audit' })
    .filter(({ notice }) => notice.kind === 'audit');
  expect(told.map(({ notice }) => notice.says[0])).toEqual(['现在没有人值班，也没有负责人可呼叫']);
});

test('a thousand calls that are due at once are all made', async () => {
  const { duty } = here.runner.book;
  for (let n = 0; n < 1_000; n++) {
    const incident = `m${n}` as IncidentId;
    raise(here.desk, incident, { urgent: true }, EVENING + n);
  }
  await here.runner.round();
  clocks.pass(10 * MINUTE);
  look();
  expect(duty.timers()).toHaveLength(1_000);
  expect(duty.timers().every(({ step }) => step === 2)).toBe(true);
});
