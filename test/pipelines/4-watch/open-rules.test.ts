import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayOpen, OPEN_RULES, openBecause, type OpenCase } from '../../../pipelines/4-watch/open-rules.ts';
import { concernOf } from '../../../pipelines/4-watch/concern.ts';
import { countPost } from '../../../pipelines/4-watch/count-post.ts';
import { newTally } from '../../../pipelines/4-watch/tally.ts';
import type { FoldedPost } from '../../../pipelines/domain/post.ts';
import { regionCode } from '../../../pipelines/domain/region.ts';
import { aPost, type PostSeed } from '../../seeds/posts.ts';

const PLACE = '410303';

/** A cluster of so many voices about a water cut, in a place seldom named, well above what is usual. */
function told(voices: number, seed: Partial<OpenCase> = {}, posts: PostSeed = {}): OpenCase {
  const all = Array.from({ length: voices }, (_, at) =>
    aPost({ words: '小区 停水', at: PLACE, need: '投诉', author: { key: `a${at}`, kind: 'ordinary' }, ...posts }),
  );
  return caseOf(all, seed);
}

function caseOf(posts: readonly FoldedPost[], seed: Partial<OpenCase> = {}): OpenCase {
  const tally = newTally(1, posts[0]!);
  for (const post of posts) countPost(tally, post, concernOf(post));
  const last = posts.at(-1)!;
  return {
    tally,
    post: last,
    concern: concernOf(last),
    burst: 3,
    words: ['停水', '小区'],
    onSpot: 0,
    ofSpot: 4,
    region: regionCode(PLACE),
    rarity: 6,
    ...seed,
  };
}

const opens = (found: OpenCase): boolean => openBecause(found, OPEN_RULES) !== null;

describe('opening by voices', () => {
  test('takes three people, a burst and concern', () => {
    expect(opens(told(2))).toBe(false);
    expect(opens(told(3))).toBe(true);
    expect(opens(told(3, { burst: 1.9 }))).toBe(false);
    expect(opens(told(3, {}, { words: '公园 散步', need: null }))).toBe(false);
  });

  test('says how many spoke, of what, how far above what is usual and how grave', () => {
    const because = openBecause(told(3), OPEN_RULES)!;
    expect(because.join()).toContain('3 人各自发帖');
    expect(because.join()).toContain('停水、小区');
    expect(because.join()).toContain('3.0 个标准差');
    expect(because.join()).toContain(`门槛 ${OPEN_RULES.concern}`);
  });

  test('takes a bad mood for concern where most name one road or estate, and nothing glad', () => {
    const dull = { words: '电梯 半个月', need: null, negative: true } as const;
    expect(opens(told(4, {}, dull))).toBe(false);
    expect(opens(told(4, { onSpot: 3 }, dull))).toBe(true);
    expect(opens(told(8, { onSpot: 3 }, dull))).toBe(false);
    expect(opens(told(4, { onSpot: 3, ofSpot: 30 }, dull))).toBe(false);
    expect(opens(told(4, { onSpot: 4 }, { words: '公园 开放', need: null }))).toBe(false);
  });

  test('takes trouble in words that no list knows where more are in a bad mood than in a glad one', () => {
    const unknown = { words: '班车 改线', need: null } as const;
    const spoken = (moods: readonly boolean[]): OpenCase =>
      caseOf(
        moods.map((negative, at) =>
          aPost({ ...unknown, at: PLACE, negative, author: { key: `a${at}`, kind: 'ordinary' } }),
        ),
        { onSpot: moods.length, ofSpot: moods.length },
      );
    expect(opens(spoken([true, false, false, false, false]))).toBe(true);
    expect(opens(spoken([false, false, false, false, false]))).toBe(false);
    const found = spoken([true, false, false, false, false]);
    found.tally.glad = 1;
    expect(opens(found)).toBe(false);
  });

  test('asks a smaller burst where all name one spot: few people of a village need half a day', () => {
    expect(opens(told(3, { burst: 1.8 }))).toBe(false);
    expect(opens(told(3, { burst: 1.8, onSpot: 3 }))).toBe(true);
    expect(opens(told(3, { burst: 1.6, onSpot: 3 }))).toBe(false);
  });

  test('takes no cluster whose place is not known', () => {
    expect(opens(told(8, { region: null }))).toBe(false);
  });

  test('asks one voice more of a place often named, and three more of one named all the time', () => {
    expect(opens(told(3, { rarity: 3 }))).toBe(false);
    expect(opens(told(4, { rarity: 3 }))).toBe(true);
    expect(opens(told(5, { rarity: 1 }))).toBe(false);
    expect(opens(told(6, { rarity: 1 }))).toBe(true);
  });

  test('counts one person once, however much is written', () => {
    expect(opens(told(9, {}, { author: { key: 'same', kind: 'ordinary' } }))).toBe(false);
  });
});

describe('opening on a single plea', () => {
  const PLEA: PostSeed = {
    text: '求助扩散！我家老人今天下午在涧西走失，穿灰色外套，有看到的请联系我们',
    words: '求助 扩散 老人 走失',
    at: PLACE,
    need: '求助',
    lifeAtRisk: true,
  };
  const plea = (seed: PostSeed = {}, found: Partial<OpenCase> = {}): OpenCase =>
    caseOf([aPost({ ...PLEA, ...seed })], { burst: 0, ...found });

  test('takes one post of a person who asks with a life at risk', () => {
    expect(openBecause(plea(), OPEN_RULES)![0]).toContain('一帖即立');
  });

  test('quotes the word that speaks of danger', () => {
    const because = [{ label: 'lifeAtRisk', cue: '走失' }];
    expect(openBecause(plea({ because }), OPEN_RULES)![0]).toContain('“走失”');
  });

  test.each<[string, PostSeed]>([
    ['is told by a newspaper', { author: { key: 'p', kind: 'media' } }],
    ['is told by an office', { author: { key: 'o', kind: 'official' } }],
    ['is a line of a hot list', { kind: 'hotlist' }],
    ['is a forward', { kind: 'repost' }],
    ['asks for nothing', { text: '老人前天下午在涧西走失，家里人都很难过，现在还没有任何消息传来' }],
    ['is as short as a headline', { text: '老人走失求助' }],
  ])('takes none that %s', (_, seed) => {
    expect(opens(plea(seed))).toBe(false);
  });

  test('takes none that is told gladly', () => {
    const found = plea();
    const sentiment = { label: 'positive', score: 0.9, mood: 'happy' } as const;
    expect(opens({ ...found, post: { ...found.post, sentiment } })).toBe(false);
  });

  test('takes none without a place', () => {
    expect(opens(plea({}, { region: null }))).toBe(false);
  });
});

test('whatever opens without a plea is among what may open by the little that is looked at first', () => {
  const stories: PostSeed[] = [
    { words: '小区 停水', need: '投诉' },
    { words: '电梯 半个月', need: null, negative: true },
    { words: '公园 散步', need: null },
  ];
  const [voices, onSpot] = [fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 8 })];
  fc.assert(
    fc.property(
      voices,
      onSpot,
      fc.double({ min: 0, max: 6, noNaN: true }),
      fc.constantFrom(...stories),
      (many, spot, burst, story) => {
        const found = told(many, { onSpot: spot, burst }, story);
        const { tally, region } = found;
        const few = { region, voices: tally.voices, concern: tally.concern / tally.count, onSpot: spot };
        if (openBecause(found, OPEN_RULES) !== null) expect(mayOpen(few, OPEN_RULES)).toBe(true);
      },
    ),
  );
});
