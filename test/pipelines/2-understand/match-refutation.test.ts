import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RefutationMatcher } from '../../../pipelines/2-understand/match-refutation.ts';
import { loadWeights } from '../../../server/adapters/models/load-weights.ts';
import { aRefutation } from '../../seeds/reviews.ts';

const weights = loadWeights();
/** Words by blanks; texts without any are pairs of signs. */
const cut = (text: string): string[] => text.split(/[\s，。]/u).flatMap((part) => part.match(/.{1,2}/gsu) ?? []);
const matcherOf = (...claims: string[]) =>
  new RefutationMatcher(
    claims.map((claim, at) => aRefutation({ id: `r${at}`, claim })),
    weights,
    cut,
  );

describe('matching', () => {
  test('without claims suggests nothing', () => {
    expect(matcherOf().match('水库泄洪')).toEqual([]);
  });

  test('a claim copied word for word scores 1', () => {
    expect(matcherOf('水库泄洪村民撤离下游').match('水库泄洪村民撤离下游')[0]?.score).toBe(1);
  });

  test('suggests at most three, best first, in the same order every time', () => {
    const many = matcherOf(...Array.from({ length: 9 }, () => '泄洪撤离下游停电'));
    const ids = many.match('泄洪撤离下游停电').map(({ id }) => id);
    expect(ids).toEqual(['r0', 'r1', 'r2']);
  });

  test('one word in common is not enough', () => {
    expect(matcherOf('泄洪撤离下游停电').match('泄洪了')).toEqual([]);
  });

  test('what did not happen is not spread', () => {
    const matcher = matcherOf('泄洪撤离下游停电');
    expect(matcher.match('没有泄洪，不撤离，下游也没停电')).toEqual([]);
    expect(matcher.match('真的假的，泄洪撤离，下游停电')).toHaveLength(1);
    expect(matcher.match('泄洪撤离下游停电是谣言')).toEqual([]);
  });

  test('never throws, on any claim and any text', () => {
    const strings = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(strings, strings, strings, (claim, text, title) => {
        for (const { score } of matcherOf(claim).match(text + claim, title)) expect(score).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });

  test('of thousands of the same claim the newest stand for all, and a megabyte costs no more than its beginning', () => {
    const same = new RefutationMatcher(
      Array.from({ length: 2_000 }, (_, at) => aRefutation({ id: `r${at}`, claim: '泄洪撤离下游停电' })),
      weights,
      cut,
    );
    expect(same.match('泄洪撤离下游停电'.repeat(100_000))).toHaveLength(3);
    expect(same.match(`${'平静'.repeat(4_000)}泄洪撤离下游停电`)).toEqual([]);
  });
});
