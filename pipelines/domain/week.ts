import { dateOf, dayStart, weekday } from './shanghai-time.ts';

/** An ISO week in Asia/Shanghai: Monday 0:00 to the next Monday 0:00. */
export interface Week {
  /** 2026-W47. */
  readonly id: string;
  readonly year: number;
  readonly number: number;
  /** Epoch ms, from ≤ time < to. */
  readonly from: number;
  readonly to: number;
}

export const DAY_MS = 86_400_000;
const WEEK = 7 * DAY_MS;
const ID = /^(\d{4})-W(\d{2})$/u;

/** The Monday 0:00 in Shanghai that begins week 1: the week with the year's first Thursday (ISO 8601). */
function firstMonday(year: number): number {
  const fourth = dayStart(Date.UTC(year, 0, 4));
  return fourth - (weekday(fourth) - 1) * DAY_MS;
}

/** @throws RangeError where it is no week, such as 2026-W54. */
export function weekOf(id: string): Week {
  const parts = ID.exec(id);
  const year = Number(parts?.[1]);
  const number = Number(parts?.[2]);
  const from = firstMonday(year) + (number - 1) * WEEK;
  if (parts === null || number < 1 || from >= firstMonday(year + 1))
    throw new RangeError(`not a week: "${id}"; write it as 2026-W47`);
  return { id, year, number, from, to: from + WEEK };
}

/** The week a moment lies in. */
export function weekAt(time: number): Week {
  const year = Number(dateOf(time + (4 - weekday(time)) * DAY_MS).slice(0, 4));
  const number = 1 + Math.floor((time - firstMonday(year)) / WEEK);
  return weekOf(`${year}-W${String(number).padStart(2, '0')}`);
}

/** So many weeks before. */
export const weekBefore = (week: Week, weeks: number): Week => weekAt(week.from - weeks * WEEK);

/** The seven days as the stores name them, 2026-11-16. */
export const daysOf = (week: Week): string[] => Array.from({ length: 7 }, (_, at) => dateOf(week.from + at * DAY_MS));
