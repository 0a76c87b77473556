import { describe, expect, test } from 'vitest';
import { regionCode } from '../../pipelines/domain/region.ts';
import type { PostStore } from '../../pipelines/ports/post-store.ts';
import { aFoldedPost, id, MINUTE, NOON, placeAt } from './post-seeds.ts';
import type { StoreBed } from './store-bed.ts';

/** Counts over time and by kind. */
export function countingSuite(bed: StoreBed): void {
  describe('counting over time', () => {
    test('buckets start at `from`, hold posts, texts, negatives and needs, and are zero where empty', async () => {
      const negative = { label: 'negative', score: 0.1, mood: 'angry' } as const;
      const plea = { kind: '求助', urgent: true, lifeAtRisk: false, score: 0.9 } as const;
      const from = NOON + 17_123;
      await bed.saved(
        aFoldedPost({ id: id('before'), time: from - 1 }),
        aFoldedPost({ id: id('a'), time: from, sentiment: negative }),
        aFoldedPost({ id: id('b'), time: from + MINUTE - 1, group: id('a'), sentiment: negative, need: plea }),
        aFoldedPost({ id: id('c'), time: from + 2 * MINUTE, tokens: ['来水'] }),
        aFoldedPost({ id: id('after'), time: from + 3 * MINUTE }),
      );
      const span = { from, to: from + 3 * MINUTE };
      expect(await bed.store.histogram(span, MINUTE)).toEqual([
        { at: from, posts: 2, distinct: 1, negative: 2, needs: 1 },
        { at: from + MINUTE, posts: 0, distinct: 0, negative: 0, needs: 0 },
        { at: from + 2 * MINUTE, posts: 1, distinct: 1, negative: 0, needs: 0 },
      ]);
      const found = await bed.store.histogram({ ...span, words: ['来水'] }, MINUTE);
      expect(found.map((bucket) => bucket.posts)).toEqual([0, 0, 1]);
      const folded = await bed.store.histogram({ ...span, folded: true }, MINUTE);
      expect(folded.map((bucket) => bucket.posts)).toEqual([1, 0, 1]);
    });

    test('a span that is no whole number of steps ends with a short bucket', async () => {
      await bed.saved(aFoldedPost({ id: id('a'), time: NOON + 2500 }), aFoldedPost({ id: id('b'), time: NOON + 2600 }));
      const buckets = await bed.store.histogram({ from: NOON, to: NOON + 2600 }, 1000);
      expect(buckets.map((bucket) => [bucket.at - NOON, bucket.posts])).toEqual([
        [0, 0],
        [1000, 0],
        [2000, 1],
      ]);
    });

    test('an empty store counts zeros', async () => {
      const buckets = await bed.store.histogram({ from: NOON, to: NOON + 2 * MINUTE }, MINUTE);
      expect(buckets.map((bucket) => bucket.posts)).toEqual([0, 0]);
    });
  });

  describe('counting by kind', () => {
    const rowsOf = async (...given: Parameters<PostStore['tally']>): Promise<unknown[]> =>
      (await bed.store.tally(...given)).map(({ keys, posts, first }) => [...keys, posts, first]);

    test('counts posts and first posts by day in Shanghai and by another key, those without a value last', async () => {
      const midnight = Date.UTC(2026, 10, 22, 16);
      await bed.saved(
        aFoldedPost({
          id: id('a'),
          time: midnight - 1,
          need: { kind: '投诉', urgent: false, lifeAtRisk: false, score: 1 },
        }),
        aFoldedPost({ id: id('b'), time: midnight, need: { kind: '投诉', urgent: true, lifeAtRisk: false, score: 1 } }),
        aFoldedPost({
          id: id('c'),
          time: midnight + 1,
          group: id('b'),
          need: { kind: '投诉', urgent: true, lifeAtRisk: false, score: 1 },
        }),
        aFoldedPost({ id: id('d'), time: midnight + 2 }),
      );
      expect(await rowsOf({}, ['day', 'need'])).toEqual([
        ['2026-11-22', '投诉', 1, 1],
        ['2026-11-23', '投诉', 2, 1],
        ['2026-11-23', null, 1, 1],
      ]);
      expect(await rowsOf({}, ['urgent'])).toEqual([
        ['false', 2, 2],
        ['true', 2, 1],
      ]);
      expect(await rowsOf({ from: midnight, words: ['停水'] }, ['platform'])).toEqual([['weibo', 3, 2]]);
    });

    test('a post of several departments counts with each', async () => {
      await bed.saved(
        aFoldedPost({ id: id('a'), duty: ['供水', '城管'] }),
        aFoldedPost({ id: id('b'), duty: ['供水'], group: id('a') }),
        aFoldedPost({ id: id('c') }),
      );
      expect(await rowsOf({}, ['duty'])).toEqual([
        ['供水', 2, 1],
        ['城管', 1, 1],
        [null, 1, 1],
      ]);
    });

    test('counts in a region only what lies in it, each place by itself', async () => {
      await bed.saved(
        aFoldedPost({ id: id('a'), region: placeAt('410327100') }),
        aFoldedPost({ id: id('b'), region: placeAt('410327') }),
        aFoldedPost({ id: id('c'), region: placeAt('410311') }),
      );
      expect(await rowsOf({ region: regionCode('410327') }, ['region'])).toEqual([
        ['410327', 1, 1],
        ['410327100', 1, 1],
      ]);
    });

    test('an empty store has no rows, and a senseless tally is refused', async () => {
      expect(await bed.store.tally({}, ['day'])).toEqual([]);
      await expect(bed.store.tally({}, [])).rejects.toThrow(/one to three different keys/);
      await expect(bed.store.tally({}, ['day', 'day'])).rejects.toThrow(/one to three different keys/);
    });
  });
}
