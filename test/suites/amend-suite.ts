import { describe, expect, test } from 'vitest';
import { aFoldedPost, id, MINUTE, NOON } from './post-seeds.ts';
import type { StoreBed } from './store-bed.ts';

/** Changing a stored post without its other parts. */
export function amendSuite(bed: StoreBed): void {
  describe('amending', () => {
    test('counts change alone, and only those that are given', async () => {
      await bed.saved(aFoldedPost({ id: id('a'), counts: { like: 3, comment: 1 } }));
      expect(await bed.store.amend([{ id: id('a'), counts: { like: 9, view: 100 } }])).toEqual([]);
      await bed.settle();
      const [post] = (await bed.store.find({})).posts;
      expect(post?.counts).toEqual({ like: 9, comment: 1, repost: 0, view: 100 });
      expect(post?.seenAt).toBe(NOON + MINUTE);
    });

    test('a text that is masked later is found by its other words as before', async () => {
      await bed.saved(
        aFoldedPost({ id: id('a'), title: '急', text: '停水请打13812345678', tokens: ['停水', '请', '打'] }),
      );
      await bed.store.amend([{ id: id('a'), text: '停水请打138********', title: undefined }]);
      await bed.settle();
      const [post] = (await bed.store.find({ words: ['停水'] })).posts;
      expect(post?.text).toBe('停水请打138********');
      expect(post).not.toHaveProperty('title');
    });

    test('an erased post is found no more, by id, by word or in a count', async () => {
      await bed.saved(aFoldedPost({ id: id('a') }), aFoldedPost({ id: id('b') }));
      expect(await bed.store.amend([{ id: id('a'), erased: true }])).toEqual([]);
      await bed.settle();
      expect(await bed.idsOf({})).toEqual(['b']);
      expect(await bed.idsOf({ ids: [id('a')] })).toEqual([]);
      expect(await bed.idsOf({ words: ['停水'] })).toEqual(['b']);
      expect(await bed.store.count()).toBe(1);
    });

    test('ids that are not stored are answered, the rest is changed', async () => {
      await bed.saved(aFoldedPost({ id: id('a') }));
      const answer = await bed.store.amend([
        { id: id('x'), counts: { like: 1 } },
        { id: id('a'), counts: { like: 1 } },
        { id: id('y'), erased: true },
      ]);
      expect([...answer].sort()).toEqual(['x', 'y']);
      await bed.settle();
      expect((await bed.store.find({})).posts[0]?.counts.like).toBe(1);
      expect(await bed.store.amend([])).toEqual([]);
    });

    test('a newer version that is saved after an amendment takes its place', async () => {
      await bed.saved(aFoldedPost({ id: id('a'), counts: { like: 3 } }));
      await bed.store.amend([{ id: id('a'), counts: { like: 9 } }]);
      await bed.saved(aFoldedPost({ id: id('a'), seenAt: NOON + 2 * MINUTE, counts: { like: 12 } }));
      expect((await bed.store.find({})).posts[0]?.counts.like).toBe(12);
    });
  });
}
