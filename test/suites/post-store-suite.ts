import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FoldedPost } from '../../pipelines/domain/post.ts';
import { regionCode } from '../../pipelines/domain/region.ts';
import { StampMismatch } from '../../pipelines/ports/post-store.ts';
import type { PostQuery, PostStore, RestampedStore } from '../../pipelines/ports/post-store.ts';
import { matchesPost, readPost } from '../../pipelines/domain/post-match.ts';
import { matchedPosts, savedQuestions } from './match-seeds.ts';
import { aFoldedPost, id, MINUTE, NOON, placeAt } from './post-seeds.ts';
import { reindexSuite } from './reindex-suite.ts';
import { retentionSuite } from './retention-suite.ts';

/** A place where stores keep their data: several stores opened on one bench see the same documents. */
export interface Bench {
  store(): RestampedStore;
  /** Makes what was saved visible at once, where that takes the store a moment. */
  settle(): Promise<void>;
  clear(): Promise<void>;
}

const STAMP = 'nodejieba@3.5.8+0123456789ab';

/** Every promise of the PostStore port; each adapter runs it. */
export function postStoreSuite(bench: () => Bench): void {
  let place: Bench;
  let store: RestampedStore;
  const opened: PostStore[] = [];
  const another = (): RestampedStore => {
    const made = place.store();
    opened.push(made);
    return made;
  };
  beforeEach(async () => {
    place = bench();
    store = another();
    await store.open(STAMP);
  });
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
    await place.clear();
  });

  const saved = async (...posts: FoldedPost[]): Promise<void> => {
    expect(await store.save(posts)).toEqual([]);
    await place.settle();
  };
  const idsOf = async (query: PostQuery): Promise<string[]> => (await store.find(query)).posts.map((post) => post.id);

  describe('amending', () => {
    test('counts change alone, and only those that are given', async () => {
      await saved(aFoldedPost({ id: id('a'), counts: { like: 3, comment: 1 } }));
      expect(await store.amend([{ id: id('a'), counts: { like: 9, view: 100 } }])).toEqual([]);
      await place.settle();
      const [post] = (await store.find({})).posts;
      expect(post?.counts).toEqual({ like: 9, comment: 1, repost: 0, view: 100 });
      expect(post?.seenAt).toBe(NOON + MINUTE);
    });

    test('a text that is masked later is found by its other words as before', async () => {
      await saved(aFoldedPost({ id: id('a'), title: '急', text: '停水请打13812345678', tokens: ['停水', '请', '打'] }));
      await store.amend([{ id: id('a'), text: '停水请打138********', title: undefined }]);
      await place.settle();
      const [post] = (await store.find({ words: ['停水'] })).posts;
      expect(post?.text).toBe('停水请打138********');
      expect(post).not.toHaveProperty('title');
    });

    test('an erased post is found no more, by id, by word or in a count', async () => {
      await saved(aFoldedPost({ id: id('a') }), aFoldedPost({ id: id('b') }));
      expect(await store.amend([{ id: id('a'), erased: true }])).toEqual([]);
      await place.settle();
      expect(await idsOf({})).toEqual(['b']);
      expect(await idsOf({ ids: [id('a')] })).toEqual([]);
      expect(await idsOf({ words: ['停水'] })).toEqual(['b']);
      expect(await store.count()).toBe(1);
    });

    test('ids that are not stored are answered, the rest is changed', async () => {
      await saved(aFoldedPost({ id: id('a') }));
      const answer = await store.amend([
        { id: id('x'), counts: { like: 1 } },
        { id: id('a'), counts: { like: 1 } },
        { id: id('y'), erased: true },
      ]);
      expect([...answer].sort()).toEqual(['x', 'y']);
      await place.settle();
      expect((await store.find({})).posts[0]?.counts.like).toBe(1);
      expect(await store.amend([])).toEqual([]);
    });

    test('a newer version that is saved after an amendment takes its place', async () => {
      await saved(aFoldedPost({ id: id('a'), counts: { like: 3 } }));
      await store.amend([{ id: id('a'), counts: { like: 9 } }]);
      await saved(aFoldedPost({ id: id('a'), seenAt: NOON + 2 * MINUTE, counts: { like: 12 } }));
      expect((await store.find({})).posts[0]?.counts.like).toBe(12);
    });
  });

  reindexSuite(() => ({ store, another, settle: () => place.settle() }));
  retentionSuite(() => ({ store, settle: () => place.settle() }));
  describe('a saved question', () => {
    test('takes exactly the posts that matching each of them takes', async () => {
      const posts = matchedPosts();
      await saved(...posts);
      for (const match of savedQuestions()) {
        const expected = posts.filter((post) => matchesPost(match, readPost(post))).map((post) => post.id);
        const found = await idsOf({ match, limit: 200 });
        expect(found.sort(), JSON.stringify(match)).toEqual(expected.sort());
        const { total } = await store.find({ match, words: ['停水'], folded: true, limit: 1 });
        const both = posts.filter((post) => expected.includes(post.id) && post.tokens.includes('停水'));
        expect(total, JSON.stringify(match)).toBe(both.filter((post) => post.group === post.id).length);
      }
    });
  });

  describe('rare questions', () => {
    test('finds the posts of one address', async () => {
      await saved(
        aFoldedPost({ id: id('a'), url: 'https://example.org/1' }),
        aFoldedPost({ id: id('b'), url: 'https://example.org/12' }),
        aFoldedPost({ id: id('c') }),
      );
      expect(await idsOf({ url: 'https://example.org/1' })).toEqual(['a']);
      expect(await idsOf({ url: 'https://example.org/' })).toEqual([]);
    });

    test('finds posts by when they were seen', async () => {
      await saved(
        aFoldedPost({ id: id('a'), seenAt: NOON }),
        aFoldedPost({ id: id('b'), seenAt: NOON + 1 }),
        aFoldedPost({ id: id('c'), seenAt: NOON + 2 }),
      );
      expect(await idsOf({ seenFrom: NOON + 1, seenTo: NOON + 2 })).toEqual(['b']);
      expect(await idsOf({ seenTo: NOON + 1 })).toEqual(['a']);
    });
  });

  describe('saving', () => {
    test('a post comes back as it was, with all its labels', async () => {
      const post = aFoldedPost({
        id: id('a'),
        platform: 'douyin',
        nativeId: '77',
        kind: 'comment',
        title: '城关镇停水',
        url: 'https://example.org/77',
        text: '城关镇停水三天了😭 谁来管\u200b “管道”\r\n第二行 🫡',
        tokens: ['城关镇', '停水', '三天', '了', '😭', '谁', '来', '管', '“', '管道', '”', '第二', '行', '🫡'],
        time: NOON - 5,
        seenAt: NOON + 7,
        source: 'crawler-1',
        author: { key: 'f00d', kind: 'media' },
        region: placeAt('410327100', '河南省洛阳市宜阳县城关镇'),
        sentiment: { label: 'negative', score: 0.1, mood: 'angry' },
        rumor: { score: 0.75, needsCheck: true },
        need: { kind: '投诉', urgent: true, lifeAtRisk: false, score: 0.9 },
        duty: ['供水', '城管'],
        group: id('z'),
        counts: { like: 3, view: 5_000_000_000 },
      });
      await saved(post);
      expect((await store.find({})).posts).toEqual([
        {
          id: 'a',
          platform: 'douyin',
          kind: 'comment',
          title: '城关镇停水',
          url: 'https://example.org/77',
          text: post.text,
          time: NOON - 5,
          seenAt: NOON + 7,
          source: 'crawler-1',
          authorKind: 'media',
          region: '410327100',
          regionName: '河南省洛阳市宜阳县城关镇',
          sentiment: 'negative',
          mood: 'angry',
          rumor: 0.75,
          needsCheck: true,
          need: '投诉',
          urgent: true,
          duty: ['供水', '城管'],
          group: 'z',
          counts: { like: 3, comment: 0, repost: 0, view: 5_000_000_000 },
        },
      ]);
    });

    test('a post that names nothing comes back with nulls, without title, url and author', async () => {
      await saved(aFoldedPost({ id: id('a') }));
      const found = (await store.find({})).posts[0];
      expect(found).toMatchObject({ region: null, regionName: null, need: null, duty: [], group: 'a' });
      expect(Object.keys(found ?? {})).not.toEqual(expect.arrayContaining(['title']));
      expect(found).not.toHaveProperty('url');
      expect(found).not.toHaveProperty('authorKind');
    });

    test('the same batch saved twice leaves each post once', async () => {
      const batch = ['a', 'b', 'c'].map((name) => aFoldedPost({ id: id(name) }));
      await saved(...batch);
      await saved(...batch);
      expect(await store.count()).toBe(3);
      expect(await store.find({})).toMatchObject({ total: 3, atLeast: false });
    });

    test('of versions saved old to new the newest stays, and is found by its own words only', async () => {
      await saved(aFoldedPost({ id: id('a'), text: '停水', tokens: ['停水'], seenAt: NOON }));
      await saved(aFoldedPost({ id: id('a'), text: '来水', tokens: ['来水'], seenAt: NOON + 1 }));
      expect((await store.find({})).posts.map((post) => post.text)).toEqual(['来水']);
      expect(await idsOf({ words: ['来水'] })).toEqual(['a']);
      expect(await idsOf({ words: ['停水'] })).toEqual([]);
    });

    test('of versions saved new to old the newest stays too', async () => {
      await saved(aFoldedPost({ id: id('a'), text: '来水', tokens: ['来水'], seenAt: NOON + 1 }));
      expect(await store.save([aFoldedPost({ id: id('a'), text: '停水', tokens: ['停水'], seenAt: NOON })])).toEqual(
        [],
      );
      await saved(aFoldedPost({ id: id('other') }));
      expect((await store.find({ ids: [id('a')] })).posts.map((post) => post.text)).toEqual(['来水']);
      expect(await idsOf({ words: ['来水'] })).toEqual(['a']);
      expect(await store.count()).toBe(2);
    });

    test('two versions in one batch leave the newest', async () => {
      const older = aFoldedPost({ id: id('a'), text: '停水', tokens: ['停水'], seenAt: NOON });
      const newer = aFoldedPost({ id: id('a'), text: '来水', tokens: ['来水'], seenAt: NOON + 1 });
      expect(await store.save([newer, older])).toEqual([]);
      await place.settle();
      expect((await store.find({})).posts.map((post) => post.text)).toEqual(['来水']);
    });

    test('a new version with another event time, months away, still leaves one post', async () => {
      const month = 31 * 24 * 60 * MINUTE;
      await saved(
        aFoldedPost({ id: id('a'), time: NOON, seenAt: NOON }),
        aFoldedPost({ id: id('b'), time: NOON - month }),
      );
      await saved(aFoldedPost({ id: id('a'), time: NOON - month, seenAt: NOON + 1 }));
      await saved(aFoldedPost({ id: id('a'), time: NOON - 3 * month, seenAt: NOON + 2 }));
      const found = await store.find({});
      expect(found.posts.map((post) => [post.id, post.time])).toEqual([
        ['b', NOON - month],
        ['a', NOON - 3 * month],
      ]);
      expect(await store.count()).toBe(2);
    });

    test('event times far off are kept and found', async () => {
      await saved(
        aFoldedPost({ id: id('past'), time: Date.UTC(1970, 0, 1) - 1 }),
        aFoldedPost({ id: id('future'), time: Date.UTC(2199, 0, 1) }),
        aFoldedPost({ id: id('now') }),
      );
      expect(await idsOf({})).toEqual(['future', 'now', 'past']);
    });

    test('a post that can never be stored is named with its reason, and its neighbours are kept', async () => {
      const rejected = await store.save([
        aFoldedPost({ id: id('a') }),
        aFoldedPost({ id: id('long'.repeat(200)) }),
        aFoldedPost({ id: id('timeless'), time: Number.NaN }),
        aFoldedPost({ id: id('wide'), platform: '微'.repeat(11_000) }),
        aFoldedPost({ id: id('z') }),
      ]);
      expect(rejected.map((each) => each.id.slice(0, 8))).toEqual(['longlong', 'timeless', 'wide']);
      expect(rejected.map((each) => each.because)).toEqual([
        'id takes 800 bytes; it must take 1 to 512',
        'time is NaN, not a moment in milliseconds',
        'platform takes 33000 bytes; the most is 32766',
      ]);
      await place.settle();
      expect(await idsOf({})).toEqual(['a', 'z']);
    });

    test('very long words, half characters, NUL and quotes do no harm', async () => {
      const odd = aFoldedPost({
        id: id('odd'),
        text: `a\u0000b \ud83d "引号' ${'长'.repeat(40_000)}`,
        tokens: ['a\u0000b', '\ud83d', '"引号\'', '长'.repeat(40_000), '__proto__'],
      });
      await saved(odd, aFoldedPost({ id: id('plain') }));
      const found = (await store.find({ ids: [id('odd')] })).posts[0];
      expect(found?.text).toBe(`a\ufffdb \ufffd "引号' ${'长'.repeat(40_000)}`);
      expect(await idsOf({ words: ['"引号\''] })).toEqual(['odd']);
      expect(await idsOf({ words: ['长'.repeat(40_000)] })).toEqual(['odd']);
      expect(await idsOf({ words: ['__proto__'] })).toEqual(['odd']);
    });

    test('an empty batch is fine', async () => {
      expect(await store.save([])).toEqual([]);
      expect(await store.count()).toBe(0);
    });

    test('what was saved can be found without doing anything for it', async () => {
      await store.save([aFoldedPost({ id: id('a') })]);
      await until(async () => (await store.find({ words: ['停水'] })).total === 1);
      expect(await store.count()).toBe(1);
    });

    test('batches saved at the same time are all kept', async () => {
      const batches = Array.from({ length: 8 }, (_, batch) =>
        Array.from({ length: 25 }, (_, n) => aFoldedPost({ id: id(`${batch}-${n}`) })),
      );
      await Promise.all(batches.map((batch) => store.save(batch)));
      await place.settle();
      expect(await store.count()).toBe(200);
      expect((await store.find({})).total).toBe(200);
    });
  });

  describe('finding', () => {
    test('nothing is found in an empty store', async () => {
      expect(await store.find({ words: ['停水'] })).toEqual({ posts: [], total: 0, atLeast: false });
      expect(await store.count()).toBe(0);
    });

    test('all words must occur, whole, in any order and case', async () => {
      await saved(
        aFoldedPost({ id: id('a'), tokens: ['停水', '了', 'ABC', '3.14', '🫡'] }),
        aFoldedPost({ id: id('b'), tokens: ['停水', '通知'] }),
        aFoldedPost({ id: id('c'), tokens: ['停', '水'] }),
      );
      expect(await idsOf({ words: ['停水'] })).toEqual(['a', 'b']);
      expect(await idsOf({ words: ['通知', '停水'] })).toEqual(['b']);
      expect(await idsOf({ words: ['通知', '了'] })).toEqual([]);
      expect(await idsOf({ words: ['abc'] })).toEqual(['a']);
      expect(await idsOf({ words: ['3.14'] })).toEqual(['a']);
      expect(await idsOf({ words: ['3'] })).toEqual([]);
      expect(await idsOf({ words: ['🫡'] })).toEqual(['a']);
    });

    test('punctuation in the question asks for nothing', async () => {
      await saved(aFoldedPost({ id: id('a'), tokens: ['停水', '通知'] }));
      expect(await idsOf({ words: ['停水', ',', '通知', '!'] })).toEqual(['a']);
      expect(await idsOf({ words: ['。'] })).toEqual(['a']);
    });

    test('words that look like a query language are words', async () => {
      await saved(aFoldedPost({ id: id('a'), tokens: ['or', 'a*', 'words:x', '(停水'] }));
      for (const word of ['OR', 'a*', 'words:x', '(停水']) expect(await idsOf({ words: [word] })).toEqual(['a']);
      for (const word of ['a', 'x', '"', 'NOT', '停*']) expect(await idsOf({ words: [word, '没有'] })).toEqual([]);
    });

    test('a region is found with everything below it and nothing beside it', async () => {
      const codes = ['410000', '410300', '410327', '410327100', '410327100201', '410400', '419001', '420300'];
      await saved(
        ...codes.map((code) => aFoldedPost({ id: id(code), region: placeAt(code) })),
        aFoldedPost({ id: id('-') }),
      );
      const below = (code: string) => idsOf({ region: regionCode(code) });
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
      await saved(
        ...codes.map((code) => aFoldedPost({ id: id(code), region: placeAt(code) })),
        aFoldedPost({ id: id('-') }),
      );
      const within = (...regions: string[]): PostQuery => ({ within: regions.map(regionCode) });
      expect(await idsOf(within('410327'))).toEqual(['410327', '410327100']);
      expect(await idsOf(within('410327', '410305'))).toEqual(['410305', '410327', '410327100']);
      expect(await idsOf(within())).toEqual([]);
      expect(await idsOf({ ...within('410327'), region: regionCode('410300') })).toEqual(['410327', '410327100']);
      expect(await idsOf({ ...within('410327'), region: regionCode('410305') })).toEqual([]);
      expect(await idsOf({ ...within('410327'), ids: [id('410305'), id('-'), id('410300')] })).toEqual([]);
      expect((await store.find({ ...within('410327'), words: ['停水'] })).total).toBe(2);
      const buckets = await store.histogram({ ...within('410305'), from: NOON, to: NOON + MINUTE }, MINUTE);
      expect(buckets.map(({ posts }) => posts)).toEqual([1]);
    });

    test('a span of time holds its start and not its end', async () => {
      await saved(...[0, 1, 2].map((n) => aFoldedPost({ id: id(`${n}`), time: NOON + n })));
      expect(await idsOf({ from: NOON, to: NOON + 2 })).toEqual(['1', '0']);
      expect(await idsOf({ from: NOON + 2 })).toEqual(['2']);
      expect(await idsOf({ to: NOON })).toEqual([]);
    });

    test('platform, sentiment, need and ids narrow it down, alone and together with words', async () => {
      const negative = { label: 'negative', score: 0.1, mood: 'angry' } as const;
      const plea = { kind: '求助', urgent: true, lifeAtRisk: false, score: 0.9 } as const;
      await saved(
        aFoldedPost({ id: id('a'), platform: 'douyin', tokens: ['停水'] }),
        aFoldedPost({ id: id('b'), sentiment: negative, tokens: ['停水'] }),
        aFoldedPost({ id: id('c'), sentiment: negative, need: plea, tokens: ['停水', '求助'] }),
      );
      expect(await idsOf({ platform: 'douyin' })).toEqual(['a']);
      expect(await idsOf({ sentiment: 'negative' })).toEqual(['b', 'c']);
      expect(await idsOf({ need: '求助' })).toEqual(['c']);
      expect(await idsOf({ ids: [id('a'), id('c'), id('x')] })).toEqual(['a', 'c']);
      expect(await idsOf({ ids: [] })).toEqual([]);
      expect(await idsOf({ words: ['停水'], sentiment: 'negative', platform: 'weibo' })).toEqual(['b', 'c']);
      expect(await idsOf({ words: ['停水'], need: '求助', ids: [id('a'), id('b')] })).toEqual([]);
    });

    test('source, mood, kind, department, urgency and a claim to check narrow it down too', async () => {
      await saved(
        aFoldedPost({ id: id('a'), source: '热线', duty: ['供水', '城管'] }),
        aFoldedPost({ id: id('b'), kind: 'comment', sentiment: { label: 'negative', score: 0.1, mood: 'fear' } }),
        aFoldedPost({ id: id('c'), need: { kind: '求助', urgent: true, lifeAtRisk: false, score: 0.9 } }),
        aFoldedPost({ id: id('d'), rumor: { score: 0.9, needsCheck: true }, group: id('a') }),
      );
      expect(await idsOf({ source: '热线' })).toEqual(['a']);
      expect(await idsOf({ mood: 'fear' })).toEqual(['b']);
      expect(await idsOf({ kind: 'comment' })).toEqual(['b']);
      expect(await idsOf({ duty: '城管' })).toEqual(['a']);
      expect(await idsOf({ urgent: true })).toEqual(['c']);
      expect(await idsOf({ needsCheck: true })).toEqual(['d']);
      expect(await idsOf({ needsCheck: false, urgent: false })).toEqual(['a', 'b']);
      expect(await idsOf({ groups: [id('a'), id('b')] })).toEqual(['a', 'b', 'd']);
      expect(await idsOf({ groups: [] })).toEqual([]);
      expect((await store.tally({ groups: [id('a')] }, ['group'])).map(({ keys, posts }) => [...keys, posts])).toEqual([
        ['a', 2],
      ]);
    });

    test('folded, a text is shown once, by the post that was seen first', async () => {
      await saved(
        aFoldedPost({ id: id('a'), time: NOON }),
        aFoldedPost({ id: id('b'), time: NOON + 1, group: id('a') }),
        aFoldedPost({ id: id('c'), time: NOON + 2 }),
      );
      expect(await store.find({ folded: true })).toMatchObject({ total: 2, posts: [{ id: 'c' }, { id: 'a' }] });
      expect(await idsOf({ folded: false })).toEqual(['c', 'b', 'a']);
      expect(await idsOf({ folded: true, words: ['停水'] })).toEqual(['c', 'a']);
    });

    test('pages follow each other without gap or repeat, also where times are equal', async () => {
      const posts = Array.from({ length: 23 }, (_, n) =>
        aFoldedPost({ id: id(`p${String(n).padStart(2, '0')}`), time: NOON + Math.floor(n / 10) }),
      );
      await saved(...posts);
      const seen: string[] = [];
      const sizes: number[] = [];
      let after: string | undefined;
      do {
        const page = await store.find({ limit: 5, words: ['停水'], ...(after === undefined ? {} : { after }) });
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
      await saved(...['a', 'b'].map((name) => aFoldedPost({ id: id(name) })));
      expect(await store.find({ limit: 2 })).not.toHaveProperty('next');
      expect(await store.find({ limit: 1 })).toHaveProperty('next');
    });

    test('without a limit fifty come', async () => {
      await saved(...Array.from({ length: 60 }, (_, n) => aFoldedPost({ id: id(`p${n}`) })));
      expect((await store.find({})).posts).toHaveLength(50);
      expect((await store.find({ limit: 200 })).posts).toHaveLength(60);
    });

    test('totals are exact up to ten thousand and a lower bound beyond', async () => {
      const post = (n: number) => aFoldedPost({ id: id(`p${n}`), tokens: n === 0 ? ['一'] : ['一', '二'] });
      const all = Array.from({ length: 10_001 }, (_, n) => post(n));
      for (let n = 0; n < all.length; n += 1000) expect(await store.save(all.slice(n, n + 1000))).toEqual([]);
      await place.settle();
      expect(await store.find({ words: ['一'], limit: 1 })).toMatchObject({ total: 10_000, atLeast: true });
      expect(await store.find({ limit: 1 })).toMatchObject({ total: 10_000, atLeast: true });
      expect(await store.find({ words: ['二'], limit: 1 })).toMatchObject({ total: 10_000, atLeast: false });
    });

    test('a wrong limit, cursor or span is refused by name', async () => {
      await expect(store.find({ limit: 0 })).rejects.toThrow(/limit is 0; it must be a whole number from 1 to 200/);
      await expect(store.find({ limit: 201 })).rejects.toThrow(RangeError);
      await expect(store.find({ after: 'nonsense' })).rejects.toThrow(/not a cursor: "nonsense"/);
      await expect(store.histogram({ from: NOON, to: NOON }, MINUTE)).rejects.toThrow(/is not a span of time/);
      await expect(store.histogram({ from: 0, to: NOON }, 1)).rejects.toThrow(/over 10000 buckets/);
      await expect(store.histogram({ from: 0, to: NOON }, 0)).rejects.toThrow(/step of 0 ms/);
    });
  });

  describe('counting over time', () => {
    test('buckets start at `from`, hold posts, texts, negatives and needs, and are zero where empty', async () => {
      const negative = { label: 'negative', score: 0.1, mood: 'angry' } as const;
      const plea = { kind: '求助', urgent: true, lifeAtRisk: false, score: 0.9 } as const;
      const from = NOON + 17_123;
      await saved(
        aFoldedPost({ id: id('before'), time: from - 1 }),
        aFoldedPost({ id: id('a'), time: from, sentiment: negative }),
        aFoldedPost({ id: id('b'), time: from + MINUTE - 1, group: id('a'), sentiment: negative, need: plea }),
        aFoldedPost({ id: id('c'), time: from + 2 * MINUTE, tokens: ['来水'] }),
        aFoldedPost({ id: id('after'), time: from + 3 * MINUTE }),
      );
      const span = { from, to: from + 3 * MINUTE };
      expect(await store.histogram(span, MINUTE)).toEqual([
        { at: from, posts: 2, distinct: 1, negative: 2, needs: 1 },
        { at: from + MINUTE, posts: 0, distinct: 0, negative: 0, needs: 0 },
        { at: from + 2 * MINUTE, posts: 1, distinct: 1, negative: 0, needs: 0 },
      ]);
      const found = await store.histogram({ ...span, words: ['来水'] }, MINUTE);
      expect(found.map((bucket) => bucket.posts)).toEqual([0, 0, 1]);
      const folded = await store.histogram({ ...span, folded: true }, MINUTE);
      expect(folded.map((bucket) => bucket.posts)).toEqual([1, 0, 1]);
    });

    test('a span that is no whole number of steps ends with a short bucket', async () => {
      await saved(aFoldedPost({ id: id('a'), time: NOON + 2500 }), aFoldedPost({ id: id('b'), time: NOON + 2600 }));
      const buckets = await store.histogram({ from: NOON, to: NOON + 2600 }, 1000);
      expect(buckets.map((bucket) => [bucket.at - NOON, bucket.posts])).toEqual([
        [0, 0],
        [1000, 0],
        [2000, 1],
      ]);
    });

    test('an empty store counts zeros', async () => {
      const buckets = await store.histogram({ from: NOON, to: NOON + 2 * MINUTE }, MINUTE);
      expect(buckets.map((bucket) => bucket.posts)).toEqual([0, 0]);
    });
  });

  describe('counting by kind', () => {
    const rowsOf = async (...given: Parameters<PostStore['tally']>): Promise<unknown[]> =>
      (await store.tally(...given)).map(({ keys, posts, first }) => [...keys, posts, first]);

    test('counts posts and first posts by day in Shanghai and by another key, those without a value last', async () => {
      const midnight = Date.UTC(2026, 10, 22, 16);
      await saved(
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
      await saved(
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
      await saved(
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
      expect(await store.tally({}, ['day'])).toEqual([]);
      await expect(store.tally({}, [])).rejects.toThrow(/one to three different keys/);
      await expect(store.tally({}, ['day', 'day'])).rejects.toThrow(/one to three different keys/);
    });
  });

  describe('opening', () => {
    test('what was saved is there after closing and opening again under the same stamp', async () => {
      await saved(aFoldedPost({ id: id('a') }));
      await store.close();
      const again = another();
      await again.open(STAMP);
      expect(await again.count()).toBe(1);
      expect((await again.find({ words: ['停水'] })).posts.map((post) => post.id)).toEqual(['a']);
    });

    test('another tokeniser is refused with what to do, and the store stays as it was', async () => {
      await saved(aFoldedPost({ id: id('a') }));
      const other = another();
      const refused = other.open('node-rs@2.0.2+ba9876543210');
      await expect(refused).rejects.toBeInstanceOf(StampMismatch);
      await expect(refused).rejects.toThrow(
        /nodejieba@3\.5\.8\+0123456789ab.*node-rs@2\.0\.2.*"wenbida reindex".*fresh/s,
      );
      expect(await idsOf({ words: ['停水'] })).toEqual(['a']);
    });

    test('an open store answers a ping and can be opened twice', async () => {
      await store.open(STAMP);
      await expect(store.ping()).resolves.toBeUndefined();
    });
  });
}

/** Asks again until it holds. No limit of its own: a test that waits in vain is ended by the runner. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 25));
}
