import { describe, expect, test } from 'vitest';
import { askPeer } from '../../learning/ask-peer.ts';
import { brier, calibrationFigures, expectedError, reliability } from '../../learning/calibration.ts';

const rows = (score: number, truths: number, n: number) =>
  Array.from({ length: n }, (_, at) => ({ score, truth: at < truths }));

describe('calibration', () => {
  test('a score that comes true as often as it says has no error', () => {
    expect(expectedError([...rows(0.8, 8, 10), ...rows(0.3, 3, 10)])).toBeCloseTo(0);
  });

  test('the error is the distance, weighed by rows', () => {
    expect(expectedError([...rows(0.9, 5, 10), ...rows(0.1, 1, 30)])).toBeCloseTo(0.15);
  });

  test('Brier is the mean square of score minus truth', () => {
    expect(brier([...rows(1, 1, 1), ...rows(0.5, 0, 1)])).toBeCloseTo(0.125);
  });

  test('bins say how often their scores came true, and a full score has its place', () => {
    const bins = reliability([...rows(1, 3, 4), ...rows(0.05, 0, 2)]);
    expect(bins).toHaveLength(10);
    expect(bins[9]).toEqual({ from: 0.9, n: 4, said: 1, came: 0.75 });
    expect(bins[4]).toEqual({ from: 0.4, n: 0, said: null, came: null });
  });

  test('figures have an interval around their value', () => {
    for (const { value, low, high } of calibrationFigures('seeded rows', [...rows(0.9, 5, 40), ...rows(0.1, 1, 30)])) {
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }
  });
});

describe('a peer that cannot be asked', () => {
  test('is told in a sentence with the remedy', () => {
    const before = process.env['WENBIDA_PYTHON'];
    process.env['WENBIDA_PYTHON'] = '/nowhere/python';
    try {
      expect(askPeer('cpca', ['洛阳市停水'])).toMatch(/cannot be started.*pip install cpca==0\.5\.5/);
    } finally {
      if (before === undefined) delete process.env['WENBIDA_PYTHON'];
      else process.env['WENBIDA_PYTHON'] = before;
    }
  });
});
