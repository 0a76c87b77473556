import { describe, expect, test } from 'vitest';
import { judge } from '../../pipelines/2-understand/classify.ts';
import { loadWeights } from '../../server/adapters/models/load-weights.ts';
import { divide, readSentences, type Sentence } from './sentences.ts';

interface Row extends Sentence {
  readonly lifeAtRisk: boolean;
}

const { right, wrong } = divide(readSentences<Row>('life-at-risk'));
const weights = loadWeights();
const needOf = (text: string) => judge(weights, { text }).need;

describe('a life at risk', () => {
  test.each(right.filter((row) => row.lifeAtRisk))('is seen, and is urgent: $text', ({ text }) => {
    expect(needOf(text)).toMatchObject({ lifeAtRisk: true, urgent: true });
  });

  test.each(right.filter((row) => !row.lifeAtRisk))('is not seen: $text', ({ text }) => {
    expect(needOf(text).lifeAtRisk).toBe(false);
  });

  test.each(wrong)('is still got wrong: $text', ({ text, lifeAtRisk }) => {
    expect(needOf(text).lifeAtRisk).toBe(!lifeAtRisk);
  });
});
