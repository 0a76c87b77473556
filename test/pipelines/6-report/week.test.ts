import { describe, expect, test } from 'vitest';
import { daysOf, weekAt, weekBefore, weekOf } from '../../../pipelines/domain/week.ts';

const shanghai = (time: number): string => new Date(time + 8 * 3_600_000).toISOString().slice(0, 16);

describe('a week', () => {
  test('goes from Monday to Monday, midnight in Shanghai', () => {
    const week = weekOf('2026-W47');
    expect(shanghai(week.from)).toBe('2026-11-16T00:00');
    expect(shanghai(week.to)).toBe('2026-11-23T00:00');
    expect(daysOf(week)).toEqual([
      '2026-11-16',
      '2026-11-17',
      '2026-11-18',
      '2026-11-19',
      '2026-11-20',
      '2026-11-21',
      '2026-11-22',
    ]);
  });

  test('at the turn of a year belongs to the year of its Thursday', () => {
    expect(weekAt(Date.parse('2026-01-01T00:00:00+08:00')).id).toBe('2026-W01');
    expect(weekAt(Date.parse('2027-01-03T23:59:59+08:00')).id).toBe('2026-W53');
    expect(weekAt(Date.parse('2024-12-30T00:00:00+08:00')).id).toBe('2025-W01');
    expect(weekBefore(weekOf('2026-W01'), 1).id).toBe('2025-W52');
  });

  test('that does not exist is refused', () => {
    for (const id of ['2026-W54', '2025-W53', '2026-W00', '2026-47', 'W47'])
      expect(() => weekOf(id)).toThrow(/not a week/u);
    expect(weekOf('2026-W53').number).toBe(53);
  });
});
