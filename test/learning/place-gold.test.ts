import { describe, expect, test } from 'vitest';
import { isRight } from '../../learning/evaluate-place.ts';
import { keyOf, PARTS, readLabels, STRATA } from '../../learning/place-gold.ts';
import { loadGazetteer } from '../../server/load-gazetteer.ts';

describe('the judged places', () => {
  const labels = readLabels();

  test('name texts by fingerprint only, each once', () => {
    expect(labels.length).toBeGreaterThanOrEqual(300);
    expect(labels.every(({ key }) => /^[0-9a-f]{16}$/.test(key))).toBe(true);
    expect(new Set(labels.map(({ key }) => key)).size).toBe(labels.length);
    expect(labels.every((label) => !('text' in label))).toBe(true);
  });

  test('are codes of the gazetteer, or null', () => {
    const { divisions } = loadGazetteer();
    const known = (code: string | null): boolean =>
      code === null || divisions.nodeOf.has(code) || /^\d{2,5}\*$/.test(code);
    expect(labels.flatMap(({ code, accept }) => [code, ...accept]).filter((code) => !known(code))).toEqual([]);
  });

  test('are split in two halves, each with every stratum and with rows of no place', () => {
    for (const part of PARTS) {
      const half = labels.filter((label) => label.part === part);
      expect(half.length).toBeGreaterThan(labels.length * 0.45);
      for (const stratum of STRATA) expect(half.some((label) => label.stratum === stratum)).toBe(true);
      expect(half.filter(({ code }) => code === null).length).toBeGreaterThan(50);
    }
  });

  test('a fingerprint is of the text alone', () => {
    expect(keyOf('洛阳停水')).toBe(keyOf('洛阳停水'));
    expect(keyOf('洛阳停水')).not.toBe(keyOf('洛阳停水。'));
  });

  test('a street in the right county is right, and an accepted prefix takes what begins so', () => {
    expect(isRight('410327102', { adcode: '410327', accept: [] })).toBe(true);
    expect(isRight('420106', { adcode: '420100', accept: ['4201*'] })).toBe(true);
    expect(isRight(null, { adcode: '420100', accept: [null] })).toBe(true);
    expect(isRight(null, { adcode: '420100', accept: [] })).toBe(false);
  });
});
