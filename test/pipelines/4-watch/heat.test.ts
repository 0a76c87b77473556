import { describe, expect, test } from 'vitest';
import { heatOf, type HeatParts } from '../../../pipelines/4-watch/heat.ts';

const some: HeatParts = { posts: 12, lastHour: 6, interaction: 80, media: 1, quietHours: 0 };

describe('heat', () => {
  test('is nothing where nothing was said', () => {
    expect(heatOf({ posts: 0, lastHour: 0, interaction: 0, media: 0, quietHours: 0 })).toBe(0);
  });

  test.each(['posts', 'lastHour', 'interaction', 'media'] as const)('never falls as %s grows', (part) => {
    const heats = [0, 1, 2, 5, 10, 100, 1_000, 100_000].map((value) => heatOf({ ...some, [part]: value }));
    expect(heats).toEqual([...heats].sort((a, b) => a - b));
    expect(heats.at(-1)).toBeGreaterThan(heats[0]!);
  });

  test('halves every twelve quiet hours', () => {
    const now = heatOf(some);
    expect(heatOf({ ...some, quietHours: 12 })).toBeCloseTo(now / 2, 0);
    expect(heatOf({ ...some, quietHours: 24 })).toBeCloseTo(now / 4, 0);
  });

  test('a clock that runs behind the posts does not warm it', () => {
    expect(heatOf({ ...some, quietHours: -3 })).toBe(heatOf(some));
  });

  test('ends at one hundred, however much is said', () => {
    expect(heatOf({ posts: 1e7, lastHour: 1e6, interaction: 1e9, media: 1e4, quietHours: 0 })).toBe(100);
  });

  test('tells small incidents from large ones: doubling the posts adds about as much at four as at forty', () => {
    const quiet = { lastHour: 0, interaction: 0, media: 0, quietHours: 0 };
    const early = heatOf({ ...quiet, posts: 7 }) - heatOf({ ...quiet, posts: 3 });
    const late = heatOf({ ...quiet, posts: 79 }) - heatOf({ ...quiet, posts: 39 });
    expect(early).toBeCloseTo(late, 0);
  });
});
