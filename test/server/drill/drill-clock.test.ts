import { describe, expect, test } from 'vitest';
import { drillClock } from '../../../server/drill/drill-clock.ts';

const from = 1_800_000_000_000;
const hours = (n: number) => n * 3_600_000;

function drillAt60() {
  const real = { at: 5_000, now: () => real.at };
  return { real, clock: drillClock(real, { from, speed: 60, until: from + hours(2) }) };
}

describe('the drill clock', () => {
  test('begins at the drill, whatever the real time is', () => {
    expect(drillAt60().clock.now()).toBe(from);
  });

  test('runs sixty minutes in one', () => {
    const { real, clock } = drillAt60();
    real.at += 60_000;
    expect(clock.now()).toBe(from + hours(1));
  });

  test('runs at the usual rate after the end', () => {
    const { real, clock } = drillAt60();
    real.at += 120_000;
    expect(clock.now()).toBe(from + hours(2));
    real.at += 7_000;
    expect(clock.now()).toBe(from + hours(2) + 7_000);
  });

  test('refuses a speed of nought and an end before the beginning', () => {
    const real = { now: () => 0 };
    expect(() => drillClock(real, { from, speed: 0, until: from + 1 })).toThrow(RangeError);
    expect(() => drillClock(real, { from, speed: 60, until: from - 1 })).toThrow(RangeError);
  });
});
