import { dayStart, minuteOfDay, MINUTE } from './shanghai-time.ts';

/** 安静时段, every day, minutes after midnight in Asia/Shanghai, from ≤ t < to; over midnight where `from` is the greater. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** When the quiet hours end that this moment lies in; null where it lies in none. No forced instant replies at night (防治“指尖上的形式主义”). */
export function quietUntil(quiet: QuietHours | null, at: number): number | null {
  if (quiet === null || quiet.from === quiet.to) return null;
  const minute = minuteOfDay(at);
  const end = (days: number): number => dayStart(at) + days * 1_440 * MINUTE + quiet.to * MINUTE;
  if (quiet.from < quiet.to) return minute >= quiet.from && minute < quiet.to ? end(0) : null;
  if (minute >= quiet.from) return end(1);
  return minute < quiet.to ? end(0) : null;
}
