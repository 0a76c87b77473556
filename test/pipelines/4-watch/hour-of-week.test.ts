import { describe, expect, test } from 'vitest';
import { HourOfWeek } from '../../../pipelines/4-watch/hour-of-week.ts';
import { HOUR, MONDAY } from '../../seeds/posts.ts';

const DAY = 24 * HOUR;

/** Ten posts in each of twelve hours of the day, one in each other. */
const busyDays = (days: number): HourOfWeek => {
  const hours = new HourOfWeek();
  for (let hour = 0; hour < days * 24; hour++)
    for (let post = 0; post < (hour % 24 < 12 ? 10 : 1); post++) hours.add(MONDAY + hour * HOUR + post);
  return hours;
};

describe('the hours of the week', () => {
  test('say nothing before two weeks are known', () => {
    expect(busyDays(13).factor(MONDAY)).toBe(1);
  });

  test('know busy hours from quiet ones after that', () => {
    const hours = busyDays(56);
    expect(hours.factor(MONDAY + 57 * DAY + HOUR)).toBeGreaterThan(1.2);
    expect(hours.factor(MONDAY + 57 * DAY + 14 * HOUR)).toBeLessThan(0.8);
  });

  test('go on from a saved state, and over a gap of weeks', () => {
    const [before, after] = [busyDays(56), new HourOfWeek()];
    after.load(structuredClone(before.save()));
    after.add(MONDAY + 100 * DAY);
    expect(after.factor(MONDAY + 100 * DAY + HOUR)).toBe(before.factor(MONDAY + 100 * DAY + HOUR));
  });

  test('leave out what comes late', () => {
    const [hours, same] = [busyDays(30), busyDays(30)];
    for (let post = 0; post < 500; post++) hours.add(MONDAY + 3 * DAY);
    expect(hours.save()).toEqual(same.save());
  });
});
