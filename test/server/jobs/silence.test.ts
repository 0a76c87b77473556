import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SourceBeat, Visit } from '../../../pipelines/ports/source-book.ts';
import { openDoor, type Door } from '../../../server/adapters/door/open-door.ts';
import { openDesk } from '../../../server/adapters/desk/sqlite-desk.ts';
import { openFrontDoor } from '../../../server/front-door.ts';
import { Housekeeping } from '../../../server/housekeeping.ts';
import { noticeSilence } from '../../../server/jobs/notice-silence.ts';
import { usualInterval } from '../../../server/jobs/usual-interval.ts';
import { sourceDesk } from '../../../server/source-desk.ts';
import { StoreUnavailable, type PostStore } from '../../../pipelines/ports/post-store.ts';

const MINUTE = 60_000;
const T = 1_795_000_020_000;

const down = (): Promise<never> => Promise.reject(new StoreUnavailable('down'));
const downStore: PostStore = {
  name: 'down',
  ...{ open: down, save: down, amend: down, find: down, histogram: down, tally: down, count: down, ping: down },
  close: () => Promise.resolve(),
};

const beat = (visits: readonly Visit[]): SourceBeat => ({
  firstAt: visits[0]?.began ?? T,
  lastAt: visits.at(-1)?.ended ?? T,
  rowsLastHour: 1,
  rejectedLastHour: 0,
  lagMs: null,
  repairs: [],
  visits,
});
/** Visits that begin every `every` minutes and last `long`. */
const visits = (count: number, every: number, long: number): Visit[] =>
  Array.from({ length: count }, (_, at) => ({
    began: T + at * every * MINUTE,
    ended: T + (at * every + long) * MINUTE,
  }));

describe('how often a source usually comes', () => {
  test('is what was stated, before anything that was measured', () => {
    expect(usualInterval({ way: 'http', cadenceMs: 7 * MINUTE }, beat(visits(9, 30, 1)))).toBe(7 * MINUTE);
  });

  test('is the median of its own gaps, however many posts a visit brings and even where one gap was long', () => {
    const usual = [...visits(9, 30, 2), { began: T + 2_000 * MINUTE, ended: T + 2_001 * MINUTE }];
    expect(usualInterval({ way: 'http' }, beat(usual))).toBe(28 * MINUTE);
  });

  test('of a stream is a minute, also where it rests every night', () => {
    expect(usualInterval({ way: 'http' }, beat(visits(6, 24 * 60, 18 * 60)))).toBe(MINUTE);
    expect(usualInterval({ way: 'http' }, beat(visits(1, 1, 30)))).toBe(MINUTE);
  });

  test('is not known after a few visits, and never of files imported by hand', () => {
    expect(usualInterval({ way: 'http' }, beat(visits(3, 30, 1)))).toBeNull();
    expect(usualInterval({ way: 'http' }, undefined)).toBeNull();
    expect(usualInterval({ way: 'file', cadenceMs: MINUTE }, beat(visits(9, 30, 1)))).toBeNull();
  });
});

describe('a source that falls silent', () => {
  let dir: string;
  let door: Door;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'wenbida-silence-'));
    door = openDoor(join(dir, 'door.sqlite'));
    for (let visit = 0; visit < 6; visit++)
      door.book.arrived('县里的采集', 'http', {
        at: T + visit * 30 * MINUTE,
        accepted: 1,
        duplicate: 0,
        rejected: 0,
        repairs: new Map(),
      });
  });
  afterEach(() => {
    door.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const LAST = T + 150 * MINUTE;
  const notice = (minutes: number, since = T) =>
    noticeSilence({ book: door.book, now: LAST + minutes * MINUTE, since }).map(({ source }) => source);

  test('raises one alert after twice its usual interval, and its end is noted', () => {
    expect(notice(59)).toEqual([]);
    expect(notice(60)).toEqual(['县里的采集']);
    expect([notice(61), notice(600)]).toEqual([[], []]);
    door.book.arrived('县里的采集', 'http', {
      at: LAST + 700 * MINUTE,
      accepted: 1,
      duplicate: 0,
      rejected: 0,
      repairs: new Map(),
    });
    expect(door.book.silences(9)).toMatchObject([
      { since: LAST, noticedAt: LAST + 60 * MINUTE, usualMs: 30 * MINUTE, endedAt: LAST + 700 * MINUTE },
    ]);
  });

  test('is not blamed for the time nobody listened', () => {
    expect(notice(600, LAST + 590 * MINUTE)).toEqual([]);
    expect(notice(660, LAST + 590 * MINUTE)).toEqual(['县里的采集']);
  });

  test('is told once, then its end once, by whichever process it came back through; a restart does not tell it again', async () => {
    let now = LAST;
    const front = openFrontDoor(dir, { now: () => now });
    const told: string[] = [];
    const said: string[] = [];
    const aHouse = () =>
      new Housekeeping({
        front,
        desk: openDesk(join(dir, 'desk.sqlite')),
        store: downStore,
        clock: { now: () => now },
        retentionDays: () => 30,
        mappings: () => [],
        wake: () => undefined,
        onSilence: ({ event, at, source }) => told.push(`${source} ${event} ${(at - LAST) / MINUTE}`),
        log: { info: () => undefined, warn: (message) => said.push(message) },
        everyMs: 3_600_000,
      });
    const house = aHouse();
    house.start();
    for (const minutes of [30, 60, 61]) {
      now = LAST + minutes * MINUTE;
      await house.round();
    }
    expect(told).toEqual(['县里的采集 silent 60']);
    expect(said).toEqual([expect.stringContaining('“县里的采集”已超过平时间隔（30 分）的两倍') as string]);
    door.book.arrived('县里的采集', 'http', {
      at: LAST + 70 * MINUTE,
      accepted: 1,
      duplicate: 0,
      rejected: 0,
      repairs: new Map(),
    });
    await house.round();
    await house.round();
    expect(told).toEqual(['县里的采集 silent 60', '县里的采集 ended 70']);
    expect(said.at(-1)).toContain('断了 70 分');
    await house.stop();
    const again = aHouse();
    again.start();
    await again.round();
    await again.stop();
    expect(told).toHaveLength(2);
    await front.close();
  });

  test('that is paused or removed is no longer waited for: its silence ends then', () => {
    expect(notice(60)).toEqual(['县里的采集']);
    const clock = { now: () => LAST + 65 * MINUTE };
    const desk = sourceDesk({ front: { door }, tokenFile: join(dir, 'tokens.json'), clock, named: new Set() });
    expect(desk.pause('县里的采集', true)).toBe(true);
    expect(door.book.silenceEvents(0, 9).map(({ event, at }) => [event, (at - LAST) / MINUTE])).toEqual([
      ['silent', 60],
      ['ended', 65],
    ]);
    desk.pause('县里的采集', false);
    expect(notice(70)).toEqual(['县里的采集']);
    desk.remove('县里的采集', { who: '王值班', why: '换了采集器' });
    expect(door.book.silenceEvents(2, 9).map(({ event }) => event)).toEqual(['silent', 'ended']);
    expect(door.accesses.list(1)).toMatchObject([{ who: '王值班', what: 'source', subject: 'remove 县里的采集' }]);
  });

  test('is not missed while it is paused', () => {
    door.book.change('县里的采集', { paused: true });
    expect(notice(600)).toEqual([]);
  });
});
