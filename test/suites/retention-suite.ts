import { describe, expect, test } from 'vitest';
import { mask } from '../../pipelines/1-intake/mask.ts';
import type { PostId } from '../../pipelines/domain/post.ts';
import type { PostStore } from '../../pipelines/ports/post-store.ts';
import type { RetentionMarks } from '../../pipelines/ports/retention-marks.ts';
import { retain, type Retained } from '../../server/jobs/retention.ts';
import { aFoldedPost, id, NOON } from './post-seeds.ts';

const DAY = 86_400_000;
const SAID = '求助，请打13812345678';
const MASKED = '求助，请打138********';

/** The retention of texts over a store of either kind. */
export function retentionSuite(place: () => { readonly store: PostStore; settle(): Promise<void> }): void {
  const seenAt = (post: string, at: number) =>
    aFoldedPost({ id: id(post), text: SAID, title: SAID, tokens: ['求助', '请', '打'], time: at, seenAt: at });
  const save = async (posts: Parameters<PostStore['save']>[0]): Promise<void> => {
    expect(await place().store.save(posts)).toEqual([]);
    await place().settle();
  };
  const textsOf = async (...ids: readonly string[]): Promise<(string | undefined)[]> => {
    await place().settle();
    const { posts } = await place().store.find({ ids: ids.map(id) });
    return ids.map((one) => posts.find((post) => post.id === one)?.text);
  };

  /** Each night over the same marks, with what is evidence that night. */
  function nights(): (now: number, evidence?: readonly string[]) => Promise<Retained> {
    let upTo = 0;
    const held = new Set<PostId>();
    const marks: RetentionMarks = {
      maskedUpTo: () => upTo,
      held: () => [...held],
      keep(maskedUpTo, holding, freed) {
        for (const post of freed) held.delete(post);
        for (const post of holding) held.add(post);
        upTo = maskedUpTo;
      },
      tidy: () => undefined,
    };
    return (now, evidence = []) =>
      retain({
        ...{ store: place().store, marks, mask, now, days: 30 },
        desk: { evidenceAmong: (ids) => new Set(ids.filter((one) => evidence.includes(one))) },
        inbox: {
          authors: { postsOf: () => [], countBefore: () => 0, forget: () => undefined },
        },
        counts: { forget: () => undefined },
        pseudonyms: { destroyOld: () => [] },
      });
  }

  describe('retention', () => {
    test('masks what was seen more than 30 days ago, page after page, and leaves what is newer', async () => {
      const old = Array.from({ length: 450 }, (_, at) => seenAt(`old-${at}`, NOON + (at % 7) * 1_000));
      await save([...old, seenAt('new', NOON + 2 * DAY)]);
      const night = nights();
      expect(await night(NOON + 29 * DAY)).toMatchObject({ masked: 0, held: 0 });
      expect(await night(NOON + 31 * DAY)).toMatchObject({ masked: 450, held: 0 });
      expect(await textsOf('old-0', 'old-449', 'new')).toEqual([MASKED, MASKED, SAID]);
      const [post] = (await place().store.find({ ids: [id('old-0')] })).posts;
      expect(post).toMatchObject({ title: MASKED, seenAt: NOON });
      expect((await place().store.find({ words: ['求助'] })).total).toBe(451);
      expect(await night(NOON + 31 * DAY)).toMatchObject({ masked: 0 });
    });

    test('keeps evidence whole for as long as it is evidence, and masks it after', async () => {
      await save([seenAt('proof', NOON), seenAt('other', NOON)]);
      const night = nights();
      expect(await night(NOON + 31 * DAY, ['proof'])).toMatchObject({ masked: 1, held: 1 });
      expect(await textsOf('proof', 'other')).toEqual([SAID, MASKED]);
      expect(await night(NOON + 60 * DAY, ['proof'])).toMatchObject({ masked: 0, held: 1 });
      expect(await night(NOON + 61 * DAY)).toMatchObject({ masked: 1, held: 0 });
      expect(await textsOf('proof')).toEqual([MASKED]);
    });
  });
}
