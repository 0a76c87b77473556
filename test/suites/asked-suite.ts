import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FoldedPost } from '../../pipelines/domain/post.ts';
import type { AskedTerm, AskedWords } from '../../pipelines/domain/typed-question.ts';
import { aFoldedPost, id, NOON } from './post-seeds.ts';
import type { StoreBed } from './store-bed.ts';

const WORDS = ['今晚', '泄洪', '水库', '停水', 'wifi', '😭'];
const SIGNS = ['', '，', '"', '%', '_', ' '];

/** What a term means, said once more and apart from the stores. */
const occurs = ({ words, written }: AskedTerm, { tokens, text, title = '' }: FoldedPost): boolean =>
  words.every((word) => tokens.includes(word)) &&
  (written === undefined || text.includes(written) || title.includes(written));
const takes = ({ all, none }: AskedWords, post: FoldedPost): boolean =>
  all.every((terms) => terms.some((term) => occurs(term, post))) && !none.some((term) => occurs(term, post));

/** Texts that differ in the order of their words and in what stands between them. */
const posts = (): FoldedPost[] =>
  fc
    .sample(
      fc.record({
        words: fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }),
        between: fc.constantFrom(...SIGNS),
        titled: fc.boolean(),
      }),
      { numRuns: 80, seed: 20261128 },
    )
    .map(({ words, between, titled }, at) => {
      const written = words.join(between);
      return aFoldedPost({
        ...{ id: id(`p${at}`), time: NOON + at, tokens: words, text: titled ? '见标题' : written },
        ...(titled ? { title: written } : {}),
      });
    });

const term = fc
  .record({
    words: fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 2 }),
    between: fc.constantFrom(...SIGNS),
    exact: fc.boolean(),
  })
  .map(({ words, between, exact }): AskedTerm => ({ words, ...(exact ? { written: words.join(between) } : {}) }));
const questions = (): AskedWords[] =>
  fc.sample(
    fc.record({
      all: fc.array(fc.array(term, { minLength: 1, maxLength: 3 }), { maxLength: 2 }),
      none: fc.array(term, { maxLength: 2 }),
    }),
    { numRuns: 60, seed: 20261128 },
  );

/** Words, phrases, one-of and exclusions: one meaning in every store. */
export function askedSuite(bed: StoreBed): void {
  describe('what is asked for in words', () => {
    test('finds exactly the posts that hold it, and counts the same', async () => {
      const all = posts();
      await bed.saved(...all);
      for (const asked of questions()) {
        const expected = all.filter((post) => takes(asked, post)).map((post) => post.id);
        expect((await bed.idsOf({ asked, limit: 200 })).sort(), JSON.stringify(asked)).toEqual(expected.sort());
        const tally = await bed.store.tally({ asked }, ['platform']);
        expect(tally.reduce((sum, row) => sum + row.posts, 0)).toBe(expected.length);
        const [hour] = await bed.store.histogram({ asked, from: NOON, to: NOON + 1000 }, 1000);
        expect(hour?.posts).toBe(expected.length);
      }
    });

    test('a phrase stands there sign for sign, its case and marks too, in the title or the text', async () => {
      await bed.saved(
        aFoldedPost({ id: id('a'), text: '今晚10点泄洪', tokens: ['今晚', '10', '点', '泄洪'] }),
        aFoldedPost({ id: id('b'), text: '今晚12点泄洪', tokens: ['今晚', '12', '点', '泄洪'] }),
        aFoldedPost({ id: id('c'), title: '今晚10点泄洪', text: '泄洪', tokens: ['今晚', '10', '点', '泄洪'] }),
        aFoldedPost({ id: id('d'), text: 'A%b\\_"c', tokens: ['a%b', 'c'] }),
      );
      const phrase = (written: string, ...words: string[]) => ({ asked: { all: [[{ words, written }]], none: [] } });
      expect(await bed.idsOf(phrase('今晚10点', '今晚', '10', '点'))).toEqual(['a', 'c']);
      expect(await bed.idsOf(phrase('点泄洪', '点', '泄洪'))).toEqual(['a', 'b', 'c']);
      expect(await bed.idsOf(phrase('泄洪今晚', '泄洪', '今晚'))).toEqual([]);
      expect(await bed.idsOf(phrase('A%b\\_"c', 'a%b'))).toEqual(['d']);
      expect(await bed.idsOf(phrase('a%b', 'a%b'))).toEqual([]);
      expect(await bed.idsOf(phrase('_"'))).toEqual(['d']);
    });

    test('what is left out by id is left out of lists and counts', async () => {
      await bed.saved(...['a', 'b', 'c'].map((name) => aFoldedPost({ id: id(name) })));
      expect(await bed.idsOf({ notIds: [id('b'), id('x')] })).toEqual(['a', 'c']);
      expect(await bed.idsOf({ notIds: [], words: ['停水'] })).toEqual(['a', 'b', 'c']);
      expect(await bed.store.tally({ notIds: [id('a')] }, ['platform'])).toMatchObject([{ posts: 2 }]);
    });
  });
}
