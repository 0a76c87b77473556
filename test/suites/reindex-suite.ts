import { describe, expect, test } from 'vitest';
import type { Post, UnderstoodPost } from '../../pipelines/domain/post.ts';
import { StampMismatch, type PostStore, type RestampedStore } from '../../pipelines/ports/post-store.ts';
import { reindex, type ReindexMark } from '../../server/reindex.ts';
import { aFoldedPost, id, MINUTE, NOON, placeAt } from './post-seeds.ts';

const NEW = 'node-rs@2.0.2+ba9876543210';

/** Cutting all words anew, over a store of either kind. */
export function reindexSuite(
  place: () => { readonly store: RestampedStore; another(): RestampedStore; settle(): Promise<void> },
): void {
  /** Cuts every text into its signs, which nobody did before. */
  const bySign = (posts: readonly Post[]): UnderstoodPost[] =>
    posts.map(({ id: of, text, ...rest }) => aFoldedPost({ ...rest, id: of, text, tokens: [...text], region: null }));
  const save = async (count: number): Promise<void> => {
    const posts = Array.from({ length: count }, (_, at) =>
      aFoldedPost({
        id: id(`p${at}`),
        time: NOON + at * MINUTE,
        text: '小区停水',
        tokens: ['小区', '停水'],
        counts: { like: at },
        url: `https://example.org/${at}`,
        region: placeAt('410311', '洛龙区'),
        ...(at > 0 && { group: id('p0') }),
      }),
    );
    await place().store.save(posts);
    await place().settle();
  };
  const found = async (store: PostStore, word: string): Promise<number> => (await store.find({ words: [word] })).total;

  describe('reindexing', () => {
    test('cuts every post anew under its id, keeps what the text does not say, and takes the new stamp', async () => {
      await save(450);
      const marks: (ReindexMark | undefined)[] = [];
      const keep = (mark: ReindexMark | undefined) => void marks.push(mark);
      const done = await reindex({ store: place().store, stamp: NEW, understand: bySign, mark: undefined, keep });
      await place().settle();
      expect([done, marks.map((mark) => mark?.done)]).toEqual([{ posts: 450, refused: 0 }, [200, 400, undefined]]);
      const store = place().another();
      await store.open(NEW);
      expect([await store.count(), await found(store, '小区'), await found(store, '停')]).toEqual([450, 0, 450]);
      const [post] = (await store.find({ ids: [id('p7')] })).posts;
      expect(post).toMatchObject({ counts: { like: 7 }, url: 'https://example.org/7', region: '410311', group: 'p0' });
    });

    test('that was stopped is opened by nobody, and goes on where it was', async () => {
      await save(450);
      let mark: ReindexMark | undefined;
      const stopped = reindex({
        ...{ store: place().store, stamp: NEW, understand: bySign, mark },
        keep(now) {
          mark = now;
          throw new Error('killed');
        },
      });
      await expect(stopped).rejects.toThrow('killed');
      for (const stamp of [NEW, 'nodejieba@3.5.8+0123456789ab']) {
        const refused = place().another().open(stamp);
        await expect(refused).rejects.toBeInstanceOf(StampMismatch);
        await expect(refused).rejects.toThrow(/not finished.*"wenbida reindex"/s);
      }
      const read: number[] = [];
      const understand = (posts: readonly Post[]) => {
        read.push(posts.length);
        return bySign(posts);
      };
      const done = await reindex({ store: place().store, stamp: NEW, understand, mark, keep: () => undefined });
      await place().settle();
      expect([done.posts, read, await found(place().store, '停')]).toEqual([450, [200, 50], 450]);
    });
  });
}
