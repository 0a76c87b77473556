import { beforeAll, describe, expect, test } from 'vitest';
import { judgeFor } from '../../pipelines/2-understand/classify.ts';
import { openUnderstanding } from '../../server/open-understanding.ts';
import type { UnderstoodPost } from '../../pipelines/domain/post.ts';
import { divide, readSentences, type Sentence } from './sentences.ts';

interface Row extends Sentence {
  readonly lifeAtRisk: boolean;
}

const { right, wrong } = divide(readSentences<Row>('life-at-risk'));
let needOf: (text: string) => UnderstoodPost['need'];
beforeAll(async () => {
  const { parts } = await openUnderstanding({});
  const judge = judgeFor(parts.weights);
  // A word written apart is told from two words by the tokeniser.
  judge.cut = parts.cut;
  needOf = (text) => judge.judge({ text }).need;
});

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
