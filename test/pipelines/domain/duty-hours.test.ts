import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ALL_HOURS,
  isAlways,
  nextOnDuty,
  onDuty,
  readHours,
  sayHours,
  type DutyHours,
} from '../../../pipelines/domain/duty-hours.ts';

const at = (time: string): number => Date.parse(`${time}+08:00`);
const hours = (text: string): DutyHours => {
  const read = readHours(text);
  if ('because' in read) throw new Error(read.because);
  return read;
};

describe('hours on duty are read as people write them, and said one way', () => {
  test.each([
    ['周一至周五 09:00-18:00', '周一至周五09:00–18:00'],
    ['工作日 9:00到17:30', '周一至周五09:00–17:30'],
    ['Mon-Fri 09:00-18:00', '周一至周五09:00–18:00'],
    ['周一至周五 08:30-18:00；周六、周日 10:00-16:00', '周一至周五08:30–18:00；周六、周日10:00–16:00'],
    ['星期天 08:00—12:00', '周日08:00–12:00'],
    ['周五至周一 09:00-10:00', '周一、周五、周六、周日09:00–10:00'],
    ['每天 18:00-08:00', '每天18:00–08:00'],
    ['08:00-22:00', '每天08:00–22:00'],
    ['24小时', '24小时'],
    ['7×24', '24小时'],
    ['全天', '24小时'],
    ['每天 00:00-24:00', '24小时'],
    ['每天 08:00-20:00；每天 20:00-08:00', '24小时'],
  ])('%s', (text, said) => {
    expect(sayHours(hours(text))).toBe(said);
    expect(sayHours(hours(said))).toBe(said);
  });

  test.each([
    '白天',
    '周八 09:00-18:00',
    '周一 25:00-26:00',
    '周一 09:00-09:00',
    '周一 09:70-10:00',
    '',
    '周一至 09:00-10:00',
  ])('%s is refused with an example', (text) => {
    expect(readHours(text)).toMatchObject({ because: expect.stringMatching(/请写成|不对/) as string });
  });
});

describe('on duty, by the clock of Shanghai', () => {
  const office = hours('周一至周五 09:00-18:00');
  const night = hours('周日 22:00-06:00');

  test('an office is there in its hours and not after', () => {
    expect(onDuty(office, at('2026-11-20T09:00:00'))).toBe(true);
    expect(onDuty(office, at('2026-11-20T17:59:59'))).toBe(true);
    expect(onDuty(office, at('2026-11-20T18:00:00'))).toBe(false);
    expect(onDuty(office, at('2026-11-21T10:00:00'))).toBe(false);
  });

  test('a night over midnight, and over the end of the week', () => {
    expect(onDuty(night, at('2026-11-22T23:00:00'))).toBe(true);
    expect(onDuty(night, at('2026-11-23T05:59:00'))).toBe(true);
    expect(onDuty(night, at('2026-11-23T06:00:00'))).toBe(false);
    expect(onDuty(night, at('2026-11-24T23:00:00'))).toBe(false);
  });

  test('the next time somebody is there', () => {
    expect(nextOnDuty(office, at('2026-11-20T21:00:30'))).toBe(at('2026-11-23T09:00:00'));
    expect(nextOnDuty(office, at('2026-11-20T10:00:30'))).toBe(at('2026-11-20T10:00:30'));
    expect(nextOnDuty([], at('2026-11-20T10:00:00'))).toBeUndefined();
  });

  test('hours that nobody stated are never held against an account', () => {
    expect(onDuty(undefined, at('2026-11-20T03:00:00'))).toBe(true);
    expect(onDuty(ALL_HOURS, at('2026-11-20T03:00:00'))).toBe(true);
    expect(isAlways(office)).toBe(false);
  });

  test('for any hours: somebody is there at the next time, and nobody in the minute before', () => {
    const day = fc.subarray([1, 2, 3, 4, 5, 6, 7] as const, { minLength: 1 });
    const span = fc.record({
      days: day,
      from: fc.integer({ min: 0, max: 1439 }),
      to: fc.integer({ min: 0, max: 1440 }),
    });
    fc.assert(
      fc.property(
        fc.array(
          span.filter(({ from, to }) => from !== to),
          { minLength: 1, maxLength: 3 },
        ),
        fc.integer({ min: 0, max: 1e12 }),
        (windows, now) => {
          const next = nextOnDuty(windows, now);
          expect(onDuty(windows, next!)).toBe(true);
          if (next !== now) expect(onDuty(windows, next! - 60_000)).toBe(false);
          expect(hours(sayHours(windows)).length).toBeGreaterThan(0);
        },
      ),
    );
  });
});
