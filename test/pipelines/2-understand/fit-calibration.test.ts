import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calibrateRumor, calibrated, leanedMix } from '../../../pipelines/2-understand/apply-calibration.ts';
import {
  fitPlatt,
  fitScore,
  LEAST_CASES,
  ratedOutOfFold,
  thresholdFor,
  tooFew,
  type ScoredCase,
} from '../../../pipelines/2-understand/fit-calibration.ts';
import {
  calibrationError,
  measureCalibration,
  qualityOf,
  shareOf,
} from '../../../pipelines/2-understand/measure-scores.ts';
import type { Calibration } from '../../../pipelines/ports/calibration.ts';

/** Scores spread evenly; a post is a rumor where a truer score, a logit lower by `off`, passes a fixed sequence of thresholds. */
function casesOf(n: number, off: number): ScoredCase[] {
  return Array.from({ length: n }, (_, at) => {
    const score = (((at * 37) % 97) + 1) / 99;
    const truer = 1 / (1 + Math.exp(-(Math.log(score / (1 - score)) - off)));
    return { score, truth: truer > ((at * 61) % 101) / 101 };
  });
}

describe('fitting', () => {
  test('scores that are right already stay as they are', () => {
    const { slope, shift } = fitPlatt(casesOf(2_000, 0));
    expect(slope).toBeCloseTo(1, 0);
    expect(Math.abs(shift)).toBeLessThan(0.2);
  });

  test('scores that promise too much are brought down, and the error with them', () => {
    const cases = casesOf(2_000, 1.5);
    const platt = fitPlatt(cases);
    expect(platt.shift).toBeLessThan(-1);
    const after = cases.map(({ score, truth }) => ({ score: calibrated(score, platt), truth }));
    expect(calibrationError(after)).toBeLessThan(calibrationError(cases) / 3);
  });

  test('the fewer the cases, the closer it stays to what was released', () => {
    const shifts = [0, 20, 100, 2_000].map((n) => Math.abs(fitPlatt(casesOf(n, 1.5)).shift));
    expect(shifts[0]).toBe(0);
    expect(shifts).toEqual([...shifts].sort((a, b) => a - b));
  });

  test('never turns the order round, even where every case says the contrary', () => {
    const contrary = Array.from({ length: 200 }, (_, at) => ({ score: at / 200, truth: at < 100 }));
    expect(fitPlatt(contrary).slope).toBeGreaterThan(0);
  });

  test('gives finite numbers for any scores and findings', () => {
    const cases = fc.array(fc.record({ score: fc.double({ min: 0, max: 1, noNaN: true }), truth: fc.boolean() }));
    fc.assert(
      fc.property(cases, (rows) => {
        const { slope, shift } = fitPlatt(rows);
        expect(Number.isFinite(slope) && Number.isFinite(shift) && slope > 0).toBe(true);
      }),
    );
  });
});

describe('the threshold', () => {
  const rows = (...of: [number, boolean, number][]): ScoredCase[] =>
    of.flatMap(([score, truth, n]) => Array.from({ length: n }, () => ({ score, truth })));

  test('is the lowest that keeps the precision, between two scores', () => {
    const cases = rows([0.9, true, 16], [0.7, false, 2], [0.5, true, 2], [0.3, false, 20]);
    expect(thresholdFor(cases, 0.8)).toBeCloseTo(0.4);
    expect(thresholdFor(cases, 0.95)).toBeCloseTo(0.8);
  });

  test('is not there where none keeps it, or only a handful of cases pass', () => {
    expect(thresholdFor(rows([0.9, false, 20], [0.2, true, 20]), 0.8)).toBeUndefined();
    expect(thresholdFor(rows([0.9, true, 3], [0.2, false, 40]), 0.8)).toBeUndefined();
  });

  test('stays where it was released, on the new scale, where the precision cannot be reached', () => {
    const { calibration, reached } = fitScore(rows([0.9, false, 20], [0.2, true, 20]), 0.5, 0.8);
    expect(reached).toBe(false);
    expect(calibration.threshold).toBeCloseTo(calibrated(0.5, calibration));
  });

  test('out of fold, it keeps about the precision asked for, and misses less than one chosen for nothing', () => {
    const cases = casesOf(2_000, 1.5);
    const after = qualityOf(ratedOutOfFold(cases, 0.5, 0.75));
    const before = qualityOf(cases.map(({ score, truth }) => ({ called: score >= 0.5, truth })));
    expect(before.precision.value).toBeLessThan(0.65);
    expect(after.precision.value).toBeGreaterThan(0.7);
  });
});

test('too few cases are refused with how many there are and how many it takes', () => {
  expect(tooFew(casesOf(LEAST_CASES, 0))).toBeUndefined();
  expect(tooFew(casesOf(LEAST_CASES - 1, 0))).toContain(`至少要 ${LEAST_CASES} 条`);
  expect(tooFew(Array.from({ length: 500 }, () => ({ truth: true })))).toContain('否 0');
});

describe('measuring', () => {
  test('a share comes with Wilson’s interval and its n', () => {
    const { value, low, high, n } = shareOf(8, 10);
    expect([value, n]).toEqual([0.8, 10]);
    expect(low).toBeCloseTo(0.49, 2);
    expect(high).toBeCloseTo(0.943, 2);
    expect(shareOf(0, 0)).toMatchObject({ low: 0, high: 1, n: 0 });
  });

  test('the calibration error is 0 where scores come true and large where they do not; its interval is the same every time', () => {
    const right = Array.from({ length: 100 }, (_, at) => ({ score: 0.25, called: false, truth: at % 4 === 0 }));
    const wrong = right.map((row) => ({ ...row, score: 0.95 }));
    expect(calibrationError(right)).toBeCloseTo(0);
    expect(calibrationError(wrong)).toBeCloseTo(0.7);
    const measured = measureCalibration(wrong);
    expect(measured).toEqual(measureCalibration(wrong));
    expect(measured.low).toBeLessThan(0.7);
    expect(measured.high).toBeGreaterThan(0.7);
  });
});

describe('what is judged', () => {
  const calibration: Calibration = {
    version: 'x',
    weights: 'y',
    precision: 0.8,
    rumor: { known: { slope: 1, shift: -2, threshold: 0.3, n: 99 }, unknown: null },
    need: { lean: 0.5, n: 80 },
  };
  const author = { key: '', kind: 'ordinary' as const };

  test('follows the calibration of its kind of source, and stays as released without one', () => {
    const rumor = { score: 0.6, needsCheck: true };
    expect(calibrateRumor(rumor, author, calibration)).toEqual({
      score: expect.closeTo(0.169, 3) as number,
      needsCheck: false,
    });
    expect(calibrateRumor(rumor, undefined, calibration)).toBe(rumor);
    expect(calibrateRumor(rumor, author, undefined)).toBe(rumor);
  });

  test('leans towards no need by as much as was learned', () => {
    expect([...leanedMix(Float32Array.of(1, 1, 0.5), calibration)]).toEqual([1, 1, 1]);
    expect([...leanedMix(Float32Array.of(1, 1, 0.5), undefined)]).toEqual([1, 1, 0.5]);
  });
});
