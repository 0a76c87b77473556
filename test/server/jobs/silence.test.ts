import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SourceBeat, Visit } from '../../../pipelines/ports/source-book.ts';
import { openDoor, type Door } from '../../../server/adapters/door/open-door.ts';
import { noticeSilence } from '../../../server/jobs/notice-silence.ts';
import { usualInterval } from '../../../server/jobs/usual-interval.ts';

const MINUTE = 60_000;
const T = 1_795_000_020_000;

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

  test('is not missed while it is paused', () => {
    door.book.change('县里的采集', { paused: true });
    expect(notice(600)).toEqual([]);
  });
});
