/** The office's calendar: Asia/Shanghai, eight hours ahead of UTC and without summer time since 1991. Instants are epoch ms. */
const AHEAD = 8 * 3_600_000;
const DAY = 86_400_000;
export const MINUTE = 60_000;

const two = (n: number): string => String(n).padStart(2, '0');
const local = (at: number): Date => new Date(at + AHEAD);

/** Midnight of the day it lies in. */
export const dayStart = (at: number): number => Math.floor((at + AHEAD) / DAY) * DAY - AHEAD;

/** Whole minutes since midnight. */
export const minuteOfDay = (at: number): number => Math.floor((at - dayStart(at)) / MINUTE);

/** 1 Monday … 7 Sunday. */
export const weekday = (at: number): number => ((local(at).getUTCDay() + 6) % 7) + 1;

/** 2026-11-28. */
export const dateOf = (at: number): string => local(at).toISOString().slice(0, 10);

/** 21:05 of minutes since midnight. */
export const clockOf = (minutes: number): string => `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;

/** 11月20日21:05. */
export const sayTime = (at: number): string => {
  const day = local(at);
  return `${day.getUTCMonth() + 1}月${day.getUTCDate()}日${clockOf(minuteOfDay(at))}`;
};

/** 3天, 2时05分, 20分 of a span in ms; at least a minute. */
export function saySpan(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / MINUTE));
  if (minutes >= 72 * 60) return `${Math.floor(minutes / 1_440)}天`;
  if (minutes >= 60) return `${Math.floor(minutes / 60)}时${minutes % 60 === 0 ? '' : `${two(minutes % 60)}分`}`;
  return `${minutes}分`;
}
