import { describe, expect, test } from 'vitest';
import type { Duty } from '../../pipelines/domain/duty.ts';
import { judge } from '../../pipelines/2-understand/classify.ts';
import { loadWeights } from '../../server/adapters/models/load-weights.ts';
import { divide, readSentences, type Sentence } from './sentences.ts';

interface Row extends Sentence {
  /** All of these must be among the answers; none: no department at all. */
  readonly duty: readonly Duty[];
}

const { right, wrong } = divide(readSentences<Row>('duty'));
const weights = loadWeights();
const fits = ({ text, duty }: Row): boolean => {
  const said = judge(weights, { text }).duty;
  return duty.length === 0 ? said.length === 0 : duty.every((each) => said.includes(each));
};

describe('whose matter a post is', () => {
  test.each(right)('$text: $duty', (row) => {
    expect(fits(row)).toBe(true);
  });

  test.each(wrong)('is still got wrong: $text', (row) => {
    expect(fits(row)).toBe(false);
  });

  test('no post is handed to more than three departments', () => {
    const text = '停水停电停气，物业不管，学校食堂过期食品，公交不来，河水黑臭，拖欠工资，医院没有床位';
    expect(judge(weights, { text }).duty).toHaveLength(3);
  });
});
