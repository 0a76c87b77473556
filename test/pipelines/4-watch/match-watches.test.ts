import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DUTIES } from '../../../pipelines/domain/duty.ts';
import { matchesPost, readPost, type Matchable, type PostMatch } from '../../../pipelines/domain/post-match.ts';
import { NEEDS, POST_KINDS, type PostId } from '../../../pipelines/domain/post.ts';
import { regionCode } from '../../../pipelines/domain/region.ts';
import { matchOf } from '../../../pipelines/4-watch/match-of.ts';
import { WatchMatcher } from '../../../pipelines/4-watch/match-watches.ts';
import { aMatch, aWatchedPost, NOTHING_ASKED } from '../../seeds/watches.ts';

const WORDS = ['停水', '自来水', '小区', '物业', 'wifi', '水', '学校', '食堂'];
const REGIONS = ['410000', '410300', '410327', '410327100', '410311', '320100'].map(regionCode);
const term = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 2 });
const some = <T>(of: readonly T[]) => fc.array(fc.constantFrom(...of), { maxLength: 2 });
const aQuestion: fc.Arbitrary<PostMatch> = fc.record({
  all: fc.array(term, { maxLength: 2 }),
  any: fc.array(term, { maxLength: 2 }),
  none: fc.array(term, { maxLength: 1 }),
  regions: some(REGIONS),
  needs: some(NEEDS),
  duties: some(DUTIES.slice(0, 3)),
  kinds: some(POST_KINDS.slice(0, 2)),
});
const aPost: fc.Arbitrary<Matchable> = fc.record({
  id: fc.constant('a' as PostId),
  kind: fc.constantFrom(...POST_KINDS.slice(0, 2)),
  tokens: fc.array(fc.constantFrom(...WORDS), { maxLength: 6 }),
  region: fc.option(fc.record({ code: fc.constantFrom(...REGIONS) })),
  need: fc.record({ kind: fc.option(fc.constantFrom(...NEEDS)) }),
  duty: some(DUTIES.slice(0, 3)),
});

test('asking all questions at once answers as asking one after the other', () => {
  fc.assert(
    fc.property(fc.array(aQuestion, { maxLength: 20 }), fc.array(aPost, { maxLength: 8 }), (questions, posts) => {
      const matcher = new WatchMatcher(questions);
      for (const each of posts) {
        const post = readPost(each);
        const asks = (match: PostMatch): boolean =>
          [match.all, match.any, match.regions, match.needs, match.duties, match.kinds].some((list) => list.length > 0);
        const oneByOne = questions.flatMap((match, at) => (asks(match) && matchesPost(match, post) ? [at] : []));
        expect([...matcher.match(post)].sort((a, b) => a - b)).toEqual(oneByOne);
      }
    }),
  );
});

test('all, any and none are told apart, and a place holds what lies in it', () => {
  const water = aMatch({
    all: [['停水']],
    any: [['小区'], ['学校']],
    none: [['通知']],
    regions: [regionCode('410300')],
  });
  const taken = (words: string, region?: string): boolean =>
    matchesPost(water, readPost(aWatchedPost('a', 0, words, region === undefined ? {} : { region })));
  expect(taken('小区 停水 了', '410327100')).toBe(true);
  expect(taken('学校 停水', '410300')).toBe(true);
  expect(taken('停水 了', '410300')).toBe(false);
  expect(taken('小区 停水 通知', '410300')).toBe(false);
  expect(taken('小区 停水', '410000')).toBe(false);
  expect(taken('小区 停水')).toBe(false);
});

test('words are cut as posts are, and signs alone ask nothing', () => {
  const cut = (term: string): string[] => term.split('|');
  expect(matchOf({ ...NOTHING_ASKED, all: ['洛龙区|停水', '！'], any: ['WiFi'] }, cut)).toEqual(
    aMatch({ all: [['洛龙区', '停水']], any: [['wifi']] }),
  );
});
