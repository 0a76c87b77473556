import { expect, test } from 'vitest';
import { BUCKET, daySeries, silentSince } from '../../web/src/wall/day-series.ts';
import { aPulse, NOW } from '../browser/invented-city.ts';

const seen = (state: 'live' | 'slow' | 'dead' | 'never', minutes: number | null) => ({
  state,
  lastSeen: minutes === null ? null : new Date(NOW - minutes * 60_000).toISOString(),
});

test('the counts end where the last source fell silent: what follows is no data, not zero', () => {
  const silent = silentSince([seen('dead', 90), seen('dead', 150), seen('never', null)]);
  expect(silent).toBe(NOW - 90 * 60_000);
  const series = daySeries(aPulse(NOW), NOW, silent);
  expect(series.knownTo).toBe(silent);
  expect(series.last).toBeUndefined();
  expect(Math.max(...series.points.map(({ at }) => at))).toBeLessThanOrEqual(silent ?? 0);
});

test('while one source speaks, or none has ever spoken, the counts go on', () => {
  expect(silentSince([seen('dead', 90), seen('slow', 6)])).toBeUndefined();
  expect(silentSince([seen('never', null)])).toBeUndefined();
  expect(silentSince([])).toBeUndefined();
  const series = daySeries(aPulse(NOW), NOW);
  expect(series.knownTo).toBeUndefined();
  expect(series.last?.at).toBeLessThanOrEqual(NOW - BUCKET);
});
