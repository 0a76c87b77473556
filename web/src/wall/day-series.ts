import type { Pulse, SourceRow } from '../../../server/contract/pulse.ts';
import { HOUR, MINUTE } from '../ui/time-words.ts';

export const BUCKET = 10 * MINUTE;
const WINDOWS = [3, 6, 12, 24] as const;

export interface DayPoint {
  readonly at: number;
  readonly posts: number;
  readonly raw: number;
  readonly negative: number;
  readonly needs: number;
}

export interface DaySeries {
  /** 3, 6, 12 or 24: the shortest that holds all there is, so that a deployment of an hour is not a sliver. */
  readonly hours: number;
  readonly from: number;
  readonly to: number;
  /** Every source is silent since then: what follows is no data, not zero. */
  readonly knownTo: number | undefined;
  /** Nothing is known before this; undefined where all of the window is known. */
  readonly knownFrom: number | undefined;
  readonly points: readonly DayPoint[];
  /** The last bucket that is over; the running one is still filling. */
  readonly last: DayPoint | undefined;
}

/** When the last source fell silent, epoch ms; undefined while one of them still speaks, or none ever has. */
export function silentSince(sources: readonly Pick<SourceRow, 'state' | 'lastSeen'>[]): number | undefined {
  const known = sources.filter(({ lastSeen }) => lastSeen !== null);
  if (known.length === 0 || known.some(({ state }) => state !== 'dead')) return undefined;
  return Math.max(...known.map(({ lastSeen }) => Date.parse(lastSeen ?? '')));
}

/** Leading buckets without a single post are time before the first source spoke: no data, not zero. So is what comes after `silent`. */
export function daySeries(pulse: Pulse, now: number, silent?: number): DaySeries {
  const all = pulse.day.map((bucket) => ({ ...bucket, at: Date.parse(bucket.at) }));
  const first = all.findIndex((bucket) => bucket.raw > 0);
  const known = first < 0 ? [] : all.slice(first);
  const since = known[0]?.at;
  const hours = since === undefined ? 24 : (WINDOWS.find((h) => now - since <= h * HOUR) ?? 24);
  const from = now - hours * HOUR;
  const knownTo = silent !== undefined && silent > from && now - silent > BUCKET ? silent : undefined;
  const points = known.filter((bucket) => bucket.at >= from - BUCKET && bucket.at <= (knownTo ?? now));
  return {
    hours,
    from,
    to: now,
    knownTo,
    knownFrom: since !== undefined && since - from > BUCKET ? since : undefined,
    points,
    last: knownTo === undefined ? (points.findLast((bucket) => bucket.at + BUCKET <= now) ?? points.at(-1)) : undefined,
  };
}

/** Whole hours for the axis: about six marks. */
export function hourMarks(from: number, to: number): readonly number[] {
  const step = [1, 2, 3, 6].map((h) => h * HOUR).find((ms) => (to - from) / ms <= 6.5) ?? 6 * HOUR;
  // Shanghai is 8 hours ahead of UTC all year, so its hours and its midnight are whole steps from this shift.
  const shift = 8 * HOUR;
  const marks: number[] = [];
  for (let at = Math.ceil((from + shift) / step) * step - shift; at <= to; at += step) marks.push(at);
  return marks;
}
