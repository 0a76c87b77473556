import fc from 'fast-check';
import { DUTIES } from '../../pipelines/domain/duty.ts';
import type { PostMatch } from '../../pipelines/domain/post-match.ts';
import { NEEDS, POST_KINDS, type FoldedPost } from '../../pipelines/domain/post.ts';
import { regionCode } from '../../pipelines/domain/region.ts';
import { aFoldedPost, id, placeAt } from './post-seeds.ts';

const SEED = 20261128;
const WORDS = ['停水', '自来水', '小区', '物业', 'WiFi', '水', '学校', '食堂', '😭', 'a"b'];
const REGIONS = ['410000', '410300', '410327', '410327100', '410327100001', '410311', '411302', '441900', '441900003'];
const [someDuties, someKinds] = [DUTIES.slice(0, 4), POST_KINDS.slice(0, 3)];

const some = <T>(of: readonly T[], most = 2) => fc.uniqueArray(fc.constantFrom(...of), { maxLength: most });
const term = fc.uniqueArray(fc.constantFrom(...WORDS.map((word) => word.toLowerCase())), {
  minLength: 1,
  maxLength: 2,
});

/** The same on every run: posts that differ in words, place, need, duty, kind and whether they are copies. */
export const matchedPosts = (): FoldedPost[] =>
  fc
    .sample(
      fc.record({
        tokens: fc.array(fc.constantFrom(...WORDS), { maxLength: 6 }),
        region: fc.option(fc.constantFrom(...REGIONS)),
        need: fc.option(fc.constantFrom(...NEEDS)),
        duty: some(someDuties),
        kind: fc.constantFrom(...someKinds),
        copy: fc.boolean(),
      }),
      { numRuns: 120, seed: SEED },
    )
    .map(({ region, need, copy, ...rest }, at) =>
      aFoldedPost({
        ...rest,
        id: id(`p${at}`),
        region: region === null ? null : placeAt(region),
        need: { kind: need, urgent: false, lifeAtRisk: false, score: 0.5 },
        ...(copy ? { group: id('another') } : {}),
      }),
    );

/** Questions of every shape, the empty one among them. */
export const savedQuestions = (): PostMatch[] =>
  fc.sample(
    fc.record({
      all: fc.array(term, { maxLength: 2 }),
      any: fc.array(term, { maxLength: 2 }),
      none: fc.array(term, { maxLength: 1 }),
      regions: some(REGIONS.map(regionCode)),
      needs: some(NEEDS),
      duties: some(someDuties),
      kinds: some(someKinds),
    }),
    { numRuns: 60, seed: SEED },
  );
