import { describe, expect, test } from 'vitest';
import { StampMismatch } from '../../pipelines/ports/post-store.ts';
import { aFoldedPost, id } from './post-seeds.ts';
import { STAMP, type StoreBed } from './store-bed.ts';

/** Opening a store again. */
export function openingSuite(bed: StoreBed): void {
  describe('opening', () => {
    test('what was saved is there after closing and opening again under the same stamp', async () => {
      await bed.saved(aFoldedPost({ id: id('a') }));
      await bed.store.close();
      const again = bed.another();
      await again.open(STAMP);
      expect(await again.count()).toBe(1);
      expect((await again.find({ words: ['停水'] })).posts.map((post) => post.id)).toEqual(['a']);
    });

    test('another tokeniser is refused with what to do, and the store stays as it was', async () => {
      await bed.saved(aFoldedPost({ id: id('a') }));
      const other = bed.another();
      const refused = other.open('node-rs@2.0.2+ba9876543210');
      await expect(refused).rejects.toBeInstanceOf(StampMismatch);
      await expect(refused).rejects.toThrow(
        /nodejieba@3\.5\.8\+0123456789ab.*node-rs@2\.0\.2.*"wenbida reindex".*fresh/s,
      );
      expect(await bed.idsOf({ words: ['停水'] })).toEqual(['a']);
    });

    test('an open store answers a ping and can be opened twice', async () => {
      await bed.store.open(STAMP);
      await expect(bed.store.ping()).resolves.toBeUndefined();
    });
  });
}
