import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EVERYTHING_SUBSCRIBED, type ChannelTarget } from '../../../pipelines/domain/notify-channel.ts';
import type { IncidentId } from '../../../pipelines/domain/incident.ts';
import type { ChannelEntry } from '../../../pipelines/ports/channel-book.ts';
import { EVENING } from '../../seeds/notices.ts';
import { notifyDesk, raise, TwoClocks, type NotifyDesk } from '../../seeds/notify-app.ts';
import { httpReceiver, type Receiver } from '../../seeds/notify-receiver.ts';
import { openDb } from '../../../server/adapters/sqlite/open-db.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ROBOT = { good: '{"errcode":0,"errmsg":"ok"}', coded: '{"errcode":130101,"errmsg":"send too fast"}' };

let dir: string;
let clocks: TwoClocks;
let robot: Receiver;
let other: Receiver;
let here: NotifyDesk;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'notify-'));
  clocks = new TwoClocks();
  robot = await httpReceiver(ROBOT);
  other = await httpReceiver(ROBOT);
  here = notifyDesk(dir, clocks, [robot.host, other.host]);
});
afterEach(async () => {
  await here.close();
  await robot.close();
  await other.close();
  rmSync(dir, { recursive: true });
});

const channel = (id: string, to: Receiver, given: Partial<ChannelEntry> = {}): void => {
  const target: ChannelTarget = { kind: 'wecom', url: `http://${to.host}/send?key=canary-key-of-${id}` };
  const about = { subscription: EVERYTHING_SUBSCRIBED, quiet: null, second: null, paused: false };
  here.runner.book.channels.add({ id, name: id, target, ...about, changedAt: EVENING, changedBy: '管理员', ...given });
};
const said = ({ taken }: Receiver): string[] =>
  taken.map(({ body }) => (JSON.parse(body) as { text: { content: string } }).text.content);
/** Passes time in steps, as the rounds of a server do. */
const pass = async (ms: number, step = 10_000): Promise<void> => {
  for (let passed = 0; passed < ms; passed += step) {
    clocks.pass(step);
    await here.runner.round();
  }
};

describe('an alert reaches people', () => {
  test('once, with what a duty officer needs; what happened before there was a channel book is not told', async () => {
    channel('群', robot);
    raise(here.desk, 'i1');
    await here.runner.round();
    await here.runner.round();
    expect(said(robot)).toHaveLength(1);
    expect(said(robot)[0]).toContain('【新事件】i1停暖\n嵩县，区县级扩散，投诉\n建议由songxian首发');
    await here.close();
    raise((here = notifyDesk(dir, clocks, [robot.host])).desk, 'i2');
    await here.runner.round();
    expect(said(robot).map((text) => /i\d/.exec(text)?.[0])).toEqual(['i1', 'i2']);
  });

  test('one incident is one thread: a rise is an update, in order also where the first could not be brought', async () => {
    channel('群', robot);
    robot.mode = 'broken';
    raise(here.desk, 'i1');
    await here.runner.round();
    raise(
      here.desk,
      'i1',
      { rung: 'city', steps: [{ from: null, to: 'county', at: EVENING, because: [], evidence: [] }] },
      EVENING + MINUTE,
    );
    await here.runner.round();
    robot.mode = 'works';
    await pass(5 * MINUTE);
    expect(said(robot).map((text) => text.split('\n')[0])).toEqual(['【新事件】i1停暖', '【更新·台阶上升】i1停暖']);
  });

  test('a receiver that fails in every way for half an hour has every alert afterwards, and the second channel had it after five minutes', async () => {
    channel('群', robot, { second: 'b' });
    channel('b', other, { subscription: { ...EVERYTHING_SUBSCRIBED, fromRung: 'nation', sourceSilence: false } });
    const modes = ['broken', 'tooMany', 'coded', 'resets', 'cuts'] as const;
    for (let minute = 0; minute < 30; minute++) {
      robot.mode = modes[minute % modes.length] ?? 'broken';
      if (minute % 3 === 0) raise(here.desk, `i${minute}`, {}, EVENING + minute);
      await pass(MINUTE);
    }
    expect(robot.taken).toEqual([]);
    expect(said(other).filter((text) => text.includes('i0停暖'))).toHaveLength(1);
    robot.mode = 'works';
    await pass(12 * MINUTE);
    const times = (where: Receiver, minute: number): number =>
      said(where).filter((text) => text.includes(`i${minute}停暖`)).length;
    for (let minute = 0; minute < 30; minute += 3) expect(times(robot, minute), `i${minute}`).toBe(1);
    // The last was brought within five minutes, when the robot was back: it needed no second.
    for (let minute = 0; minute < 27; minute += 3) expect(times(other, minute), `i${minute}`).toBe(1);
    expect(
      here.runner.book.deliveries.list({ limit: 99, channel: 'b' }).every(({ standsInFor }) => standsInFor === '群'),
    ).toBe(true);
  });

  test('a Retry-After is waited for', async () => {
    channel('群', robot);
    robot.mode = 'tooMany';
    raise(here.desk, 'i1');
    await here.runner.round();
    robot.mode = 'works';
    await pass(6_000, 1_000);
    expect(robot.taken).toEqual([]);
    await pass(1_000, 1_000);
    expect(robot.taken).toHaveLength(1);
  });

  test('eighty alerts in a minute: never more than twenty messages in any minute, and everyone is in one of them', async () => {
    channel('群', robot);
    const times: number[] = [];
    for (let n = 0; n < 80; n++) {
      raise(here.desk, `i${n}`, {}, EVENING + n);
      const before = robot.taken.length;
      await pass(750, 750);
      for (let more = before; more < robot.taken.length; more++) times.push(clocks.wall);
    }
    await pass(3 * MINUTE);
    for (const from of times)
      expect(times.filter((at) => at >= from && at < from + MINUTE).length).toBeLessThanOrEqual(20);
    const whole = said(robot).join('\n');
    for (let n = 0; n < 80; n++) expect(whole, `alert-${n + 1}`).toMatch(new RegExp(`alert-${n + 1}(?!\\d)`));
    expect(whole).toContain('【汇总】');
    expect(said(robot).every((text) => Buffer.byteLength(text) <= 2_048)).toBe(true);
  });

  test('a life at risk has room where everything else has to wait', async () => {
    channel('群', robot);
    for (let n = 0; n < 40; n++) raise(here.desk, `i${n}`, {}, EVENING + n);
    await here.runner.round();
    raise(here.desk, 'plea', { lifeAtRisk: true }, EVENING + 99);
    await here.runner.round();
    expect(said(robot).at(-1)).toContain('【急】【新事件】plea停暖');
  });

  test('at night it is gathered and comes in the morning as one; a life at risk comes at once', async () => {
    channel('群', robot, { quiet: { from: 22 * 60, to: 7 * 60 } });
    clocks.pass(2 * HOUR);
    for (const id of ['i1', 'i2', 'i3']) raise(here.desk, id);
    raise(here.desk, 'plea', { lifeAtRisk: true });
    await here.runner.round();
    expect(said(robot).map((text) => text.split('\n')[0])).toEqual(['【急】【新事件】plea停暖']);
    await pass(8 * HOUR + MINUTE, 10 * MINUTE);
    expect(said(robot)).toHaveLength(2);
    expect(said(robot)[1]).toContain('【汇总】3条，安静时段内积下的');
  });

  test('what is refused is listed with the reason, and is tried again once a person changed the channel', async () => {
    channel('群', robot);
    robot.mode = 'denies';
    raise(here.desk, 'i1');
    await here.runner.round();
    const [dead] = here.runner.book.deliveries.list({ limit: 9, state: 'dead' });
    expect(dead?.because).toBe('对方答 404：{"message":"no such robot"}');
    robot.mode = 'works';
    here.runner.book.deliveries.revive({ channel: '群', since: EVENING - HOUR }, clocks.wall);
    await here.runner.round();
    expect(robot.taken).toHaveLength(1);
  });

  test('what could not be brought for a day is given up, and stays listed', async () => {
    channel('群', robot);
    robot.mode = 'broken';
    raise(here.desk, 'i1');
    await here.runner.round();
    await pass(25 * HOUR, 30 * MINUTE);
    expect(here.runner.book.deliveries.list({ limit: 9 })).toMatchObject([
      { state: 'dead', because: expect.stringContaining('一天没有送到') as string },
    ]);
  });

  test('a channel that hangs keeps no other waiting', async () => {
    channel('a', robot);
    channel('b', other);
    robot.mode = 'hangs';
    raise(here.desk, 'i1');
    const round = here.runner.round();
    await expect.poll(() => other.taken.length).toBe(1);
    expect(robot.taken).toHaveLength(0);
    await here.runner.sender.stop();
    await round;
  });

  test('a muted incident is told to nobody, is listed, and nobody is called', async () => {
    channel('群', robot);
    here.runner.book.mutes.add({
      aim: { incident: 'i1' as IncidentId },
      reason: '演练',
      by: '张',
      at: EVENING,
      until: EVENING + HOUR,
    });
    raise(here.desk, 'i1', { lifeAtRisk: true });
    raise(here.desk, 'i2');
    await here.runner.round();
    expect(said(robot)).toHaveLength(1);
    expect(here.runner.book.deliveries.list({ limit: 9, state: 'muted' })).toMatchObject([
      { notice: { incident: 'i1' }, because: expect.stringContaining('张：演练') as string },
    ]);
  });

  test('a source that falls silent and one that comes back are told once each, also to the screens', async () => {
    channel('群', robot);
    const silence = {
      id: 1,
      source: '12345工单',
      since: EVENING - HOUR,
      noticedAt: EVENING + 1,
      usualMs: 10 * MINUTE,
      endedAt: null,
    };
    here.silences.push(silence);
    await here.runner.round();
    await here.runner.round();
    here.silences[0] = { ...silence, endedAt: EVENING + 5 };
    clocks.pass(MINUTE);
    await here.runner.round();
    await here.runner.round();
    expect(said(robot).map((text) => text.split('\n')[0])).toEqual([
      '【数据源静默】12345工单',
      '【更新·数据源恢复】12345工单',
    ]);
  });

  test('secrets lie nowhere in the clear, whatever the receiver does', async () => {
    channel('群', robot, { second: 'b' });
    channel('b', other);
    for (const [n, mode] of (['works', 'coded', 'broken', 'denies', 'redirects', 'resets'] as const).entries()) {
      robot.mode = mode;
      raise(here.desk, `i${n}`, {}, EVENING + n);
      await pass(MINUTE, MINUTE);
    }
    const db = openDb(join(dir, 'notify.sqlite'));
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    for (const file of readdirSync(dir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()))
      expect(
        readFileSync(join(file.parentPath, file.name)).toString('latin1').includes('canary-key-of'),
        file.name,
      ).toBe(false);
  });
});
