import { describe, expect, test } from 'vitest';
import type { NeedKind } from '../../pipelines/domain/post.ts';
import { judge } from '../../pipelines/2-understand/classify.ts';
import { loadWeights } from '../../server/adapters/models/load-weights.ts';
import { divide, readSentences, type Sentence } from './sentences.ts';

interface Row extends Sentence {
  readonly kind: NeedKind | null;
}

const { right, wrong } = divide(readSentences<Row>('needs'));
const weights = loadWeights();
const kindOf = (text: string) => judge(weights, { text }).need.kind;

describe('what a post asks for', () => {
  test.each(right)('$text: $kind', ({ text, kind }) => {
    expect(kindOf(text)).toBe(kind);
  });

  test.each(wrong)('is still got wrong: $text', ({ text, kind }) => {
    expect(kindOf(text)).not.toBe(kind);
  });

  test('pleas sort above everything else by their score', () => {
    const score = (text: string): number => judge(weights, { text }).need.score;
    const plea = score('求助：母亲肺部感染，三家医院都说没床位，联系人刘女士');
    expect(plea).toBeGreaterThan(0.8);
    for (const text of ['看到那么多求助的帖子，心里真难受', '路过老街，想起小时候', '救命，这个蛋糕也太好吃了吧'])
      expect(score(text)).toBeLessThan(0.5);
  });
});
