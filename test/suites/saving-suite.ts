import { describe, expect, test } from 'vitest';
import { aFoldedPost, id, MINUTE, NOON, placeAt } from './post-seeds.ts';
import { until, type StoreBed } from './store-bed.ts';

/** What is saved comes back, once, whatever the order. */
export function savingSuite(bed: StoreBed): void {
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
      await bed.saved(post);
      expect((await bed.store.find({})).posts).toEqual([
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
      await bed.saved(aFoldedPost({ id: id('a') }));
      const found = (await bed.store.find({})).posts[0];
      expect(found).toMatchObject({ region: null, regionName: null, need: null, duty: [], group: 'a' });
      expect(Object.keys(found ?? {})).not.toEqual(expect.arrayContaining(['title']));
      expect(found).not.toHaveProperty('url');
      expect(found).not.toHaveProperty('authorKind');
    });

    test('the same batch saved twice leaves each post once', async () => {
      const batch = ['a', 'b', 'c'].map((name) => aFoldedPost({ id: id(name) }));
      await bed.saved(...batch);
      await bed.saved(...batch);
      expect(await bed.store.count()).toBe(3);
      expect(await bed.store.find({})).toMatchObject({ total: 3, atLeast: false });
    });

    test('of versions saved old to new the newest stays, and is found by its own words only', async () => {
      await bed.saved(aFoldedPost({ id: id('a'), text: '停水', tokens: ['停水'], seenAt: NOON }));
      await bed.saved(aFoldedPost({ id: id('a'), text: '来水', tokens: ['来水'], seenAt: NOON + 1 }));
      expect((await bed.store.find({})).posts.map((post) => post.text)).toEqual(['来水']);
      expect(await bed.idsOf({ words: ['来水'] })).toEqual(['a']);
      expect(await bed.idsOf({ words: ['停水'] })).toEqual([]);
    });

    test('of versions saved new to old the newest stays too', async () => {
      await bed.saved(aFoldedPost({ id: id('a'), text: '来水', tokens: ['来水'], seenAt: NOON + 1 }));
      expect(
        await bed.store.save([aFoldedPost({ id: id('a'), text: '停水', tokens: ['停水'], seenAt: NOON })]),
      ).toEqual([]);
      await bed.saved(aFoldedPost({ id: id('other') }));
      expect((await bed.store.find({ ids: [id('a')] })).posts.map((post) => post.text)).toEqual(['来水']);
      expect(await bed.idsOf({ words: ['来水'] })).toEqual(['a']);
      expect(await bed.store.count()).toBe(2);
    });

    test('two versions in one batch leave the newest', async () => {
      const older = aFoldedPost({ id: id('a'), text: '停水', tokens: ['停水'], seenAt: NOON });
      const newer = aFoldedPost({ id: id('a'), text: '来水', tokens: ['来水'], seenAt: NOON + 1 });
      expect(await bed.store.save([newer, older])).toEqual([]);
      await bed.settle();
      expect((await bed.store.find({})).posts.map((post) => post.text)).toEqual(['来水']);
    });

    test('a new version with another event time, months away, still leaves one post', async () => {
      const month = 31 * 24 * 60 * MINUTE;
      await bed.saved(
        aFoldedPost({ id: id('a'), time: NOON, seenAt: NOON }),
        aFoldedPost({ id: id('b'), time: NOON - month }),
      );
      await bed.saved(aFoldedPost({ id: id('a'), time: NOON - month, seenAt: NOON + 1 }));
      await bed.saved(aFoldedPost({ id: id('a'), time: NOON - 3 * month, seenAt: NOON + 2 }));
      const found = await bed.store.find({});
      expect(found.posts.map((post) => [post.id, post.time])).toEqual([
        ['b', NOON - month],
        ['a', NOON - 3 * month],
      ]);
      expect(await bed.store.count()).toBe(2);
    });

    test('event times far off are kept and found', async () => {
      await bed.saved(
        aFoldedPost({ id: id('past'), time: Date.UTC(1970, 0, 1) - 1 }),
        aFoldedPost({ id: id('future'), time: Date.UTC(2199, 0, 1) }),
        aFoldedPost({ id: id('now') }),
      );
      expect(await bed.idsOf({})).toEqual(['future', 'now', 'past']);
    });

    test('a post that can never be stored is named with its reason, and its neighbours are kept', async () => {
      const rejected = await bed.store.save([
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
      await bed.settle();
      expect(await bed.idsOf({})).toEqual(['a', 'z']);
    });

    test('very long words, half characters, NUL and quotes do no harm', async () => {
      const odd = aFoldedPost({
        id: id('odd'),
        text: `a\u0000b \ud83d "引号' ${'长'.repeat(40_000)}`,
        tokens: ['a\u0000b', '\ud83d', '"引号\'', '长'.repeat(40_000), '__proto__'],
      });
      await bed.saved(odd, aFoldedPost({ id: id('plain') }));
      const found = (await bed.store.find({ ids: [id('odd')] })).posts[0];
      expect(found?.text).toBe(`a\ufffdb \ufffd "引号' ${'长'.repeat(40_000)}`);
      expect(await bed.idsOf({ words: ['"引号\''] })).toEqual(['odd']);
      expect(await bed.idsOf({ words: ['长'.repeat(40_000)] })).toEqual(['odd']);
      expect(await bed.idsOf({ words: ['__proto__'] })).toEqual(['odd']);
    });

    test('an empty batch is fine', async () => {
      expect(await bed.store.save([])).toEqual([]);
      expect(await bed.store.count()).toBe(0);
    });

    test('what was saved can be found without doing anything for it', async () => {
      await bed.store.save([aFoldedPost({ id: id('a') })]);
      await until(async () => (await bed.store.find({ words: ['停水'] })).total === 1);
      expect(await bed.store.count()).toBe(1);
    });

    test('batches saved at the same time are all kept', async () => {
      const batches = Array.from({ length: 8 }, (_, batch) =>
        Array.from({ length: 25 }, (_, n) => aFoldedPost({ id: id(`${batch}-${n}`) })),
      );
      await Promise.all(batches.map((batch) => bed.store.save(batch)));
      await bed.settle();
      expect(await bed.store.count()).toBe(200);
      expect((await bed.store.find({})).total).toBe(200);
    });
  });
}
