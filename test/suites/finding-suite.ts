import { describe, expect, test } from 'vitest';
import { matchesPost, readPost } from '../../pipelines/domain/post-match.ts';
import { regionCode } from '../../pipelines/domain/region.ts';
import type { PostQuery } from '../../pipelines/ports/post-store.ts';
import { matchedPosts, savedQuestions } from './match-seeds.ts';
import { aFoldedPost, id, MINUTE, NOON, placeAt } from './post-seeds.ts';
import type { StoreBed } from './store-bed.ts';

/** What a question finds, in which order and in which pages. */
export function findingSuite(bed: StoreBed): void {
  describe('a saved question', () => {
    test('takes exactly the posts that matching each of them takes', async () => {
      const posts = matchedPosts();
      await bed.saved(...posts);
      for (const match of savedQuestions()) {
        const expected = posts.filter((post) => matchesPost(match, readPost(post))).map((post) => post.id);
        const found = await bed.idsOf({ match, limit: 200 });
        expect(found.sort(), JSON.stringify(match)).toEqual(expected.sort());
        const { total } = await bed.store.find({ match, words: ['停水'], folded: true, limit: 1 });
        const both = posts.filter((post) => expected.includes(post.id) && post.tokens.includes('停水'));
        expect(total, JSON.stringify(match)).toBe(both.filter((post) => post.group === post.id).length);
      }
    });
  });

  describe('rare questions', () => {
    test('finds the posts of one address', async () => {
      await bed.saved(
        aFoldedPost({ id: id('a'), url: 'https://example.org/1' }),
        aFoldedPost({ id: id('b'), url: 'https://example.org/12' }),
        aFoldedPost({ id: id('c') }),
      );
      expect(await bed.idsOf({ url: 'https://example.org/1' })).toEqual(['a']);
      expect(await bed.idsOf({ url: 'https://example.org/' })).toEqual([]);
    });

    test('finds posts by when they were seen', async () => {
      await bed.saved(
        aFoldedPost({ id: id('a'), seenAt: NOON }),
        aFoldedPost({ id: id('b'), seenAt: NOON + 1 }),
        aFoldedPost({ id: id('c'), seenAt: NOON + 2 }),
      );
      expect(await bed.idsOf({ seenFrom: NOON + 1, seenTo: NOON + 2 })).toEqual(['b']);
      expect(await bed.idsOf({ seenTo: NOON + 1 })).toEqual(['a']);
    });
  });

  describe('finding', () => {
    test('nothing is found in an empty store', async () => {
      expect(await bed.store.find({ words: ['停水'] })).toEqual({ posts: [], total: 0, atLeast: false });
      expect(await bed.store.count()).toBe(0);
    });

    test('all words must occur, whole, in any order and case', async () => {
      await bed.saved(
        aFoldedPost({ id: id('a'), tokens: ['停水', '了', 'ABC', '3.14', '🫡'] }),
        aFoldedPost({ id: id('b'), tokens: ['停水', '通知'] }),
        aFoldedPost({ id: id('c'), tokens: ['停', '水'] }),
      );
      expect(await bed.idsOf({ words: ['停水'] })).toEqual(['a', 'b']);
      expect(await bed.idsOf({ words: ['通知', '停水'] })).toEqual(['b']);
      expect(await bed.idsOf({ words: ['通知', '了'] })).toEqual([]);
      expect(await bed.idsOf({ words: ['abc'] })).toEqual(['a']);
      expect(await bed.idsOf({ words: ['3.14'] })).toEqual(['a']);
      expect(await bed.idsOf({ words: ['3'] })).toEqual([]);
      expect(await bed.idsOf({ words: ['🫡'] })).toEqual(['a']);
    });

    test('punctuation in the question asks for nothing', async () => {
      await bed.saved(aFoldedPost({ id: id('a'), tokens: ['停水', '通知'] }));
      expect(await bed.idsOf({ words: ['停水', ',', '通知', '!'] })).toEqual(['a']);
      expect(await bed.idsOf({ words: ['。'] })).toEqual(['a']);
    });

    test('words that look like a query language are words', async () => {
      await bed.saved(aFoldedPost({ id: id('a'), tokens: ['or', 'a*', 'words:x', '(停水'] }));
      for (const word of ['OR', 'a*', 'words:x', '(停水']) expect(await bed.idsOf({ words: [word] })).toEqual(['a']);
      for (const word of ['a', 'x', '"', 'NOT', '停*']) expect(await bed.idsOf({ words: [word, '没有'] })).toEqual([]);
    });

    test('a region is found with everything below it and nothing beside it', async () => {
      const codes = ['410000', '410300', '410327', '410327100', '410327100201', '410400', '419001', '420300'];
      await bed.saved(
        ...codes.map((code) => aFoldedPost({ id: id(code), region: placeAt(code) })),
        aFoldedPost({ id: id('-') }),
      );
      const below = (code: string) => bed.idsOf({ region: regionCode(code) });
      expect(await below('410000')).toEqual(codes.slice(0, 7));
      expect(await below('410300')).toEqual(codes.slice(1, 5));
      expect(await below('410327')).toEqual(codes.slice(2, 5));
      expect(await below('410327100')).toEqual(codes.slice(3, 5));
      expect(await below('410327100201')).toEqual(codes.slice(4, 5));
      expect(await below('419000')).toEqual(['419001']);
      expect(await below('430000')).toEqual([]);
    });

    test('what lies within some regions is found, and nothing else, whatever else is asked', async () => {
      const codes = ['410000', '410300', '410327', '410327100', '410305'];
      await bed.saved(
        ...codes.map((code) => aFoldedPost({ id: id(code), region: placeAt(code) })),
        aFoldedPost({ id: id('-') }),
      );
      const within = (...regions: string[]): PostQuery => ({ within: regions.map(regionCode) });
      expect(await bed.idsOf(within('410327'))).toEqual(['410327', '410327100']);
      expect(await bed.idsOf(within('410327', '410305'))).toEqual(['410305', '410327', '410327100']);
      expect(await bed.idsOf(within())).toEqual([]);
      expect(await bed.idsOf({ ...within('410327'), region: regionCode('410300') })).toEqual(['410327', '410327100']);
      expect(await bed.idsOf({ ...within('410327'), region: regionCode('410305') })).toEqual([]);
      expect(await bed.idsOf({ ...within('410327'), ids: [id('410305'), id('-'), id('410300')] })).toEqual([]);
      expect((await bed.store.find({ ...within('410327'), words: ['停水'] })).total).toBe(2);
      const buckets = await bed.store.histogram({ ...within('410305'), from: NOON, to: NOON + MINUTE }, MINUTE);
      expect(buckets.map(({ posts }) => posts)).toEqual([1]);
    });

    test('a span of time holds its start and not its end', async () => {
      await bed.saved(...[0, 1, 2].map((n) => aFoldedPost({ id: id(`${n}`), time: NOON + n })));
      expect(await bed.idsOf({ from: NOON, to: NOON + 2 })).toEqual(['1', '0']);
      expect(await bed.idsOf({ from: NOON + 2 })).toEqual(['2']);
      expect(await bed.idsOf({ to: NOON })).toEqual([]);
    });

    test('platform, sentiment, need and ids narrow it down, alone and together with words', async () => {
      const negative = { label: 'negative', score: 0.1, mood: 'angry' } as const;
      const plea = { kind: '求助', urgent: true, lifeAtRisk: false, score: 0.9 } as const;
      await bed.saved(
        aFoldedPost({ id: id('a'), platform: 'douyin', tokens: ['停水'] }),
        aFoldedPost({ id: id('b'), sentiment: negative, tokens: ['停水'] }),
        aFoldedPost({ id: id('c'), sentiment: negative, need: plea, tokens: ['停水', '求助'] }),
      );
      expect(await bed.idsOf({ platform: 'douyin' })).toEqual(['a']);
      expect(await bed.idsOf({ sentiment: 'negative' })).toEqual(['b', 'c']);
      expect(await bed.idsOf({ need: '求助' })).toEqual(['c']);
      expect(await bed.idsOf({ ids: [id('a'), id('c'), id('x')] })).toEqual(['a', 'c']);
      expect(await bed.idsOf({ ids: [] })).toEqual([]);
      expect(await bed.idsOf({ words: ['停水'], sentiment: 'negative', platform: 'weibo' })).toEqual(['b', 'c']);
      expect(await bed.idsOf({ words: ['停水'], need: '求助', ids: [id('a'), id('b')] })).toEqual([]);
    });

    test('source, mood, kind, department, urgency and a claim to check narrow it down too', async () => {
      await bed.saved(
        aFoldedPost({ id: id('a'), source: '热线', duty: ['供水', '城管'] }),
        aFoldedPost({ id: id('b'), kind: 'comment', sentiment: { label: 'negative', score: 0.1, mood: 'fear' } }),
        aFoldedPost({ id: id('c'), need: { kind: '求助', urgent: true, lifeAtRisk: false, score: 0.9 } }),
        aFoldedPost({ id: id('d'), rumor: { score: 0.9, needsCheck: true }, group: id('a') }),
      );
      expect(await bed.idsOf({ source: '热线' })).toEqual(['a']);
      expect(await bed.idsOf({ mood: 'fear' })).toEqual(['b']);
      expect(await bed.idsOf({ kind: 'comment' })).toEqual(['b']);
      expect(await bed.idsOf({ duty: '城管' })).toEqual(['a']);
      expect(await bed.idsOf({ urgent: true })).toEqual(['c']);
      expect(await bed.idsOf({ needsCheck: true })).toEqual(['d']);
      expect(await bed.idsOf({ needsCheck: false, urgent: false })).toEqual(['a', 'b']);
      expect(await bed.idsOf({ groups: [id('a'), id('b')] })).toEqual(['a', 'b', 'd']);
      expect(await bed.idsOf({ groups: [] })).toEqual([]);
      expect(
        (await bed.store.tally({ groups: [id('a')] }, ['group'])).map(({ keys, posts }) => [...keys, posts]),
      ).toEqual([['a', 2]]);
    });

    test('folded, a text is shown once, by the post that was seen first', async () => {
      await bed.saved(
        aFoldedPost({ id: id('a'), time: NOON }),
        aFoldedPost({ id: id('b'), time: NOON + 1, group: id('a') }),
        aFoldedPost({ id: id('c'), time: NOON + 2 }),
      );
      expect(await bed.store.find({ folded: true })).toMatchObject({ total: 2, posts: [{ id: 'c' }, { id: 'a' }] });
      expect(await bed.idsOf({ folded: false })).toEqual(['c', 'b', 'a']);
      expect(await bed.idsOf({ folded: true, words: ['停水'] })).toEqual(['c', 'a']);
    });

    test('pages follow each other without gap or repeat, also where times are equal', async () => {
      const posts = Array.from({ length: 23 }, (_, n) =>
        aFoldedPost({ id: id(`p${String(n).padStart(2, '0')}`), time: NOON + Math.floor(n / 10) }),
      );
      await bed.saved(...posts);
      const seen: string[] = [];
      const sizes: number[] = [];
      let after: string | undefined;
      do {
        const page = await bed.store.find({ limit: 5, words: ['停水'], ...(after === undefined ? {} : { after }) });
        expect(page.total).toBe(23);
        sizes.push(page.posts.length);
        seen.push(...page.posts.map((post) => post.id));
        after = page.next;
      } while (after !== undefined);
      expect(sizes).toEqual([5, 5, 5, 5, 3]);
      const expected = posts.toSorted((a, b) => b.time - a.time || (a.id < b.id ? -1 : 1)).map((post) => post.id);
      expect(seen).toEqual(expected);
    });

    test('a full last page has no next', async () => {
      await bed.saved(...['a', 'b'].map((name) => aFoldedPost({ id: id(name) })));
      expect(await bed.store.find({ limit: 2 })).not.toHaveProperty('next');
      expect(await bed.store.find({ limit: 1 })).toHaveProperty('next');
    });

    test('without a limit fifty come', async () => {
      await bed.saved(...Array.from({ length: 60 }, (_, n) => aFoldedPost({ id: id(`p${n}`) })));
      expect((await bed.store.find({})).posts).toHaveLength(50);
      expect((await bed.store.find({ limit: 200 })).posts).toHaveLength(60);
    });

    test('totals are exact up to ten thousand and a lower bound beyond', async () => {
      const post = (n: number) => aFoldedPost({ id: id(`p${n}`), tokens: n === 0 ? ['一'] : ['一', '二'] });
      const all = Array.from({ length: 10_001 }, (_, n) => post(n));
      for (let n = 0; n < all.length; n += 1000) expect(await bed.store.save(all.slice(n, n + 1000))).toEqual([]);
      await bed.settle();
      expect(await bed.store.find({ words: ['一'], limit: 1 })).toMatchObject({ total: 10_000, atLeast: true });
      expect(await bed.store.find({ limit: 1 })).toMatchObject({ total: 10_000, atLeast: true });
      expect(await bed.store.find({ words: ['二'], limit: 1 })).toMatchObject({ total: 10_000, atLeast: false });
    });

    test('a wrong limit, cursor or span is refused by name', async () => {
      await expect(bed.store.find({ limit: 0 })).rejects.toThrow(/limit is 0; it must be a whole number from 1 to 200/);
      await expect(bed.store.find({ limit: 201 })).rejects.toThrow(RangeError);
      await expect(bed.store.find({ after: 'nonsense' })).rejects.toThrow(/not a cursor: "nonsense"/);
      await expect(bed.store.histogram({ from: NOON, to: NOON }, MINUTE)).rejects.toThrow(/is not a span of time/);
      await expect(bed.store.histogram({ from: 0, to: NOON }, 1)).rejects.toThrow(/over 10000 buckets/);
      await expect(bed.store.histogram({ from: 0, to: NOON }, 0)).rejects.toThrow(/step of 0 ms/);
    });
  });
}
