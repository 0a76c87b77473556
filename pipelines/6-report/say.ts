import type { IncidentId } from '../domain/incident.ts';
import type { PostId } from '../domain/post.ts';
import { NoEvidence, type Cell, type Evidence, type Question, type Sentence } from '../domain/report.ts';
import { clockOf, dateOf, minuteOfDay, MINUTE } from '../domain/shanghai-time.ts';

/** At most so many ids ride along with a figure; the question opens the rest. */
const SHOWN = 200;

interface Given {
  readonly incidents?: readonly IncidentId[];
  readonly posts?: readonly PostId[];
  readonly question?: Question;
}

/** @throws NoEvidence where nothing is given. */
export function evidence({ incidents = [], posts = [], question }: Given): Evidence {
  if (incidents.length + posts.length === 0 && question === undefined)
    throw new NoEvidence('a figure of the report rests on no incident, no post and no question');
  return {
    incidents: [...new Set(incidents)].slice(0, SHOWN),
    posts: [...new Set(posts)].slice(0, SHOWN),
    ...(question === undefined ? {} : { question }),
  };
}

/** @throws NoEvidence */
export function say(text: string, given: Given): Sentence {
  try {
    return { text, evidence: evidence(given) };
  } catch (cause) {
    if (cause instanceof NoEvidence) throw new NoEvidence(`“${text}”: ${cause.message}`, { cause });
    throw cause;
  }
}

export const count = (value: number, given?: Given): Cell => ({
  text: grouped(value),
  value,
  ...(given === undefined ? {} : { evidence: evidence(given) }),
});
export const word = (text: string, given?: Given): Cell => ({
  text,
  value: null,
  ...(given === undefined ? {} : { evidence: evidence(given) }),
});
export const noData = (): Cell => ({ text: '无数据', value: null, noData: true });

const NAMED = 5;
/** The first few by name; the evidence has all. */
export const some = (items: readonly string[]): string =>
  items.length <= NAMED ? items.join('；') : `${items.slice(0, NAMED).join('；')}等`;

/** 12,345. */
export const grouped = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 1 });
/** A share as a whole percent: 84%. */
export const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** 20日19:28. */
export const dayAndTime = (time: number): string => `${Number(dateOf(time).slice(8))}日${clockOf(minuteOfDay(time))}`;
/** 20日19:28 of a moment within the week, 9月24日15:38 of one outside. */
export const momentOf = (time: number, week: { readonly from: number; readonly to: number }): string =>
  time >= week.from && time < week.to ? dayAndTime(time) : `${monthAndDay(time)}${clockOf(minuteOfDay(time))}`;

/** 11月16日. */
export const monthAndDay = (time: number): string => {
  const [, month, day] = dateOf(time).split('-');
  return `${Number(month)}月${Number(day)}日`;
};

/** 1时13分, 2天4时, 45分. */
export function span(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / MINUTE));
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  if (days > 0) return hours > 0 ? `${days}天${hours}时` : `${days}天`;
  if (hours > 0) return minutes % 60 > 0 ? `${hours}时${minutes % 60}分` : `${hours}时`;
  return `${minutes}分`;
}

/** The value that half lie below; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** By the nearest rank: the smallest value that so large a share lies at or below. */
export function quantile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}
