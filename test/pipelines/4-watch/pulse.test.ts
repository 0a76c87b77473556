import { describe, expect, test } from 'vitest';
import { BUCKET_MS, DAY_BUCKETS, PulseCounter } from '../../../pipelines/4-watch/pulse.ts';
import type { PostId } from '../../../pipelines/domain/post.ts';
import { regionCode } from '../../../pipelines/domain/region.ts';
import { aPost, HOUR, MINUTE, MONDAY } from '../../seeds/posts.ts';

const at = (time: number): ReturnType<typeof aPost> => aPost({ time });
/** Monday 23:55 in Shanghai. */
const LATE = MONDAY + 16 * HOUR - 5 * MINUTE;

describe('the pulse of the last day', () => {
  test('has 144 buckets of ten minutes, oldest first', () => {
    const day = new PulseCounter().day(LATE);
    expect(day).toHaveLength(DAY_BUCKETS);
    expect(day.map((bucket) => bucket.at)).toEqual(day.map((_, n) => day[0]!.at + n * BUCKET_MS));
    expect(day.at(-1)!.at).toBeLessThanOrEqual(LATE);
  });

  test('goes on over midnight as over any other hour', () => {
    const pulse = new PulseCounter();
    pulse.watch([at(LATE), at(LATE + 10 * MINUTE), at(LATE + 10 * MINUTE)]);
    const day = pulse.day(LATE + 10 * MINUTE);
    expect(day.slice(-2).map((bucket) => bucket.posts)).toEqual([1, 2]);
  });

  test('places a late post by its own time', () => {
    const pulse = new PulseCounter();
    pulse.watch([at(LATE), at(LATE - 3 * HOUR)]);
    const day = pulse.day(LATE);
    expect(day.at(-1)!.posts).toBe(1);
    expect(day.at(-1 - 18)!.posts).toBe(1);
    expect(pulse.lastPostAt).toBe(LATE);
  });

  test('forgets the 145th bucket: what is a day old is not counted as now', () => {
    const pulse = new PulseCounter();
    pulse.watch([at(LATE)]);
    const next = LATE + DAY_BUCKETS * BUCKET_MS;
    expect(pulse.day(next - BUCKET_MS)[0]!.posts).toBe(1);
    expect(pulse.day(next).every((bucket) => bucket.posts === 0)).toBe(true);
  });

  test('a post older than the ring does not push out a newer one', () => {
    const pulse = new PulseCounter();
    const ring = (DAY_BUCKETS + 1) * BUCKET_MS;
    pulse.watch([at(LATE), at(LATE - ring)]);
    expect(pulse.day(LATE).at(-1)!.posts).toBe(1);
  });

  test('counts copies as raw and not as posts', () => {
    const pulse = new PulseCounter();
    const first = at(LATE);
    pulse.watch([first, aPost({ time: LATE, group: first.id, id: 'copy' as PostId })]);
    expect(pulse.day(LATE).at(-1)).toMatchObject({ posts: 1, raw: 2 });
  });

  test('counts what is negative and what asks for something apart', () => {
    const pulse = new PulseCounter();
    pulse.watch([aPost({ time: LATE, negative: true }), aPost({ time: LATE, need: '求助' }), at(LATE)]);
    expect(pulse.day(LATE).at(-1)).toMatchObject({ posts: 3, negative: 1, needs: 1 });
  });

  test('says what is usual only after six hours', () => {
    const pulse = new PulseCounter();
    const hours = (n: number): void => {
      for (let bucket = 0; bucket < n * 6; bucket++)
        pulse.watch([at(MONDAY + bucket * BUCKET_MS), at(MONDAY + bucket * BUCKET_MS)]);
    };
    hours(5);
    expect(pulse.usual(MONDAY + 5 * HOUR)).toBeNull();
    const steady = new PulseCounter();
    for (let bucket = 0; bucket < 8 * 6; bucket++)
      steady.watch([at(MONDAY + bucket * BUCKET_MS), at(MONDAY + bucket * BUCKET_MS)]);
    expect(steady.usual(MONDAY + 8 * HOUR)).toEqual({ posts: 2, negative: 0, needs: 0 });
  });

  test('knows the last hour of a street, its county and its city', () => {
    const pulse = new PulseCounter();
    pulse.watch([aPost({ time: LATE, at: '410303001' }), aPost({ time: LATE - 2 * HOUR, at: '410303' })]);
    expect(pulse.place(regionCode('410303001'), LATE).posts).toBe(1);
    expect(pulse.place(regionCode('410303'), LATE).posts).toBe(1);
    expect(pulse.place(regionCode('410300'), LATE)).toEqual({ posts: 1, usual: null });
    expect(pulse.place(regionCode('370100'), LATE).posts).toBe(0);
  });

  test('counts what is placed in some regions alone, one inside another once, copies as raw', () => {
    const pulse = new PulseCounter();
    const head = aPost({ time: LATE, at: '410303001', negative: true, need: '投诉' });
    pulse.watch([
      head,
      aPost({ time: LATE, at: '410303', group: head.id }),
      aPost({ time: LATE, at: '410311' }),
      aPost({ time: LATE, at: '410300' }),
      aPost({ time: LATE }),
    ]);
    const last = (...codes: string[]) => pulse.day(LATE, codes.map(regionCode)).at(-1);
    expect(last('410303')).toMatchObject({ posts: 1, raw: 2, negative: 1, needs: 1 });
    expect(last('410303', '410303001', '410303')).toMatchObject({ posts: 1, raw: 2 });
    expect(last('410303', '410311')).toMatchObject({ posts: 2, raw: 3 });
    expect(last('410000')).toMatchObject({ posts: 3, raw: 4 });
    expect(last()).toMatchObject({ posts: 0, raw: 0 });
    expect(pulse.day(LATE).at(-1)).toMatchObject({ posts: 4, raw: 5 });
  });

  test('shows a source’s silence as zeros and the time before it as unknown', () => {
    const pulse = new PulseCounter();
    pulse.watch([aPost({ time: LATE - HOUR, source: '城市论坛' })]);
    const { recent, usualGap } = pulse.source('城市论坛', LATE)!;
    expect(usualGap).toBeNull();
    expect(recent.filter((count) => count === null).length).toBeGreaterThan(10);
    expect(recent.at(-1)).toBe(0);
    expect(pulse.source('没有这个来源', LATE)).toBeUndefined();
  });

  test('goes on from a saved state', () => {
    const pulse = new PulseCounter();
    pulse.watch([aPost({ time: LATE, at: '410303', negative: true })]);
    const after = new PulseCounter();
    after.load(structuredClone(pulse.save()));
    expect(after.day(LATE)).toEqual(pulse.day(LATE));
    expect(after.place(regionCode('410303'), LATE)).toEqual(pulse.place(regionCode('410303'), LATE));
    expect(after.source('测试', LATE)).toEqual(pulse.source('测试', LATE));
  });
});
