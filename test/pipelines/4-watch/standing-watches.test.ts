import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Tier } from '../../../pipelines/domain/tier.ts';
import { quietUntil } from '../../../pipelines/domain/quiet-hours.ts';
import type { Watch, WatchHit } from '../../../pipelines/domain/watch.ts';
import { matchOf } from '../../../pipelines/4-watch/match-of.ts';
import { StandingWatches, type StandingState, type WatchedPost } from '../../../pipelines/4-watch/standing-watches.ts';
import { aWatch, aWatchedPost } from '../../seeds/watches.ts';

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 10, 23, 4);
const minutes = (at: number): number => (at - NOON) / MINUTE;
const NO_RUNG = (): undefined => undefined;
const WATER = aWatch({ query: { all: ['停水'] } });

const standing = (...watches: Watch[]): StandingWatches => {
  const made = new StandingWatches();
  made.use(watches.map((watch) => ({ watch, match: matchOf(watch.query, (term) => [term]) })));
  return made;
};
const told = (hits: readonly WatchHit[]): string[] =>
  hits.map(({ event, at, count }) => `${event} ${minutes(at)} (${count})`);
const at = (...at: number[]): WatchedPost[] => at.map((minute, n) => aWatchedPost(`p${minute}-${n}`, minute));

test('opens at the third post in ten minutes, with those three, and closes after an hour of silence', () => {
  const watches = standing(WATER);
  expect(told(watches.take(at(0, 20, 25), NO_RUNG))).toEqual([]);
  const [opened] = watches.take(at(29), NO_RUNG);
  expect(opened).toMatchObject({ event: 'opened', watch: 'w1', posts: ['p20-1', 'p25-2', 'p29-0'], count: 3 });
  expect(told(watches.take(at(40, 60), NO_RUNG))).toEqual([]);
  expect(told(watches.take([aWatchedPost('other', 119, '天气 很 好')], NO_RUNG))).toEqual([]);
  expect(told(watches.take([aWatchedPost('other', 121, '天气 很 好')], NO_RUNG))).toEqual(['closed 120 (5)']);
  // What it opened at counts for no second opening.
  expect(told(watches.take(at(122, 123), NO_RUNG))).toEqual([]);
  expect(told(watches.take(at(124), NO_RUNG))).toEqual(['opened 124 (3)']);
});

test('copies of one text are one voice', () => {
  const copies = Array.from({ length: 60 }, (_, n) => aWatchedPost(`c${n}`, n / 10, '小区 停水', { group: 'c0' }));
  expect(standing(WATER).take(copies, NO_RUNG)).toEqual([]);
});

test('a post that comes late may be the one that was missing', () => {
  const watches = standing(WATER);
  expect(watches.take(at(0, 8, 30), NO_RUNG)).toEqual([]);
  expect(told(watches.take(at(4), NO_RUNG))).toEqual(['opened 8 (4)']);
});

test('any batches give the same hits', () => {
  const spread = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 40 });
  fc.assert(
    fc.property(spread, fc.integer({ min: 1, max: 7 }), (times, size) => {
      const posts = at(...times);
      const whole = standing(WATER).take(posts, NO_RUNG);
      const inParts = standing(WATER);
      const parts: WatchHit[] = [];
      for (let from = 0; from < posts.length; from += size)
        parts.push(...inParts.take(posts.slice(from, from + size), NO_RUNG));
      expect(parts).toEqual(whole);
    }),
  );
});

test('goes on after a restart where it stood, and afresh where its query was changed', () => {
  const before = standing(WATER);
  before.take(at(0, 1), NO_RUNG);
  const kept = (): StandingState => structuredClone(before.save());
  const after = standing(WATER);
  after.load(kept());
  expect(told(after.take(at(2), NO_RUNG))).toEqual(['opened 2 (3)']);
  const renamed = standing({ ...WATER, version: 2, name: '又停水' });
  renamed.load(kept());
  expect(told(renamed.take(at(2), NO_RUNG))).toEqual(['opened 2 (3)']);
  const changed = standing({ ...WATER, version: 2, since: 2 });
  changed.load(kept());
  expect(told(changed.take(at(2), NO_RUNG))).toEqual([]);
});

test('a paused or deleted watch is not asked', () => {
  expect(standing({ ...WATER, paused: true }, { ...WATER, deleted: true }).take(at(0, 1, 2), NO_RUNG)).toEqual([]);
});

test('a rung asks for posts of incidents that stand at least so high', () => {
  const high = standing(aWatch({ query: { all: ['停水'], rung: 'county' } }));
  const rungs: Record<string, Tier> = { 'p0-0': 'county', 'p1-1': 'city', 'p2-2': 'town' };
  expect(high.take(at(0, 1, 2), (post) => rungs[post])).toEqual([]);
  expect(told(high.take(at(3), () => 'nation'))).toEqual(['opened 3 (3)']);
});

test('quiet hours keep the channel silent until they end, except where a life is at risk', () => {
  const night = aWatch({ query: { all: ['停水'] }, quiet: { from: 11 * 60, to: 13 * 60 } });
  expect(minutes(standing(night).take(at(0, 1, 2), NO_RUNG)[0]!.quietUntil!)).toBe(60);
  const plea = [...at(0, 1), aWatchedPost('plea', 2, '停水 有人 被困', { atRisk: true })];
  expect(standing(night).take(plea, NO_RUNG)[0]!.quietUntil).toBeNull();
});

test('quiet hours may go over midnight', () => {
  const overnight = { from: 22 * 60, to: 7 * 60 };
  const at = (text: string): number => Date.parse(`2026-11-23T${text}:00+08:00`);
  expect(quietUntil(overnight, at('21:59'))).toBeNull();
  expect(quietUntil(overnight, at('23:00'))).toBe(Date.parse('2026-11-24T07:00:00+08:00'));
  expect(quietUntil(overnight, at('06:59'))).toBe(at('07:00'));
  expect(quietUntil(overnight, at('07:00'))).toBeNull();
  expect(quietUntil(null, at('23:00'))).toBeNull();
});
