import { describe, expect, test } from 'vitest';
import { trainLinear, oneHot } from '../../learning/linear.ts';
import { areaUnderCurve, bootstrap, macroF1, wilson } from '../../learning/measures.ts';
import { trainQuickly } from '../../learning/stochastic.ts';

describe('measures', () => {
  test('macro-F1 is the mean over classes, not over rows', () => {
    expect(macroF1([0, 0, 0, 1], [0, 0, 0, 0])).toBeCloseTo((6 / 7 + 0) / 2, 6);
  });

  test('the area under the curve counts ties half', () => {
    expect(areaUnderCurve([1, 0, 1, 0], [0.9, 0.1, 0.5, 0.5])).toBeCloseTo(0.875, 6);
  });

  test("Wilson's interval holds the share and stays within 0 and 1", () => {
    const { low, high } = wilson(1, 9);
    expect(low).toBeCloseTo(0.701, 3);
    expect(high).toBe(1);
  });

  test('the bootstrap gives the same interval each time', () => {
    const mean = (rows: readonly number[]): number => rows.reduce((sum, row) => sum + row, 0) / rows.length;
    expect(bootstrap(50, mean)).toEqual(bootstrap(50, mean));
  });
});

/** Four texts over three features; the class is told by the first two. */
const texts = {
  starts: Int32Array.of(0, 2, 4, 6, 8),
  columns: Int32Array.of(0, 2, 0, 2, 1, 2, 1, 2),
  values: new Float32Array(8).fill(0.7),
  width: 3,
};
const labels = oneHot([0, 0, 1, 1], 2);

describe('training', () => {
  test('both trainers put the weight on the feature that tells the classes apart', () => {
    const slow = trainLinear(texts, labels, { classes: 2, c: 10 }).weights;
    const quick = trainQuickly(texts, labels, { classes: 2, rounds: 30, step: 0.2, penalty: 1e-4, seed: 1 }).weights;
    for (const weights of [slow, quick]) {
      expect(weights[0]! - weights[1]!).toBeGreaterThan(0.5);
      expect(weights[3]! - weights[2]!).toBeGreaterThan(0.5);
      expect(Math.abs(weights[4]! - weights[5]!)).toBeLessThan(0.2);
    }
  });

  test('the same seed gives the same weights, bit for bit', () => {
    const settings = { classes: 2, rounds: 5, step: 0.2, penalty: 1e-4, seed: 3 };
    expect(trainQuickly(texts, labels, settings).weights).toEqual(trainQuickly(texts, labels, settings).weights);
  });
});
