import { repairOf, shanghaiTime } from '../domain/repair.ts';
import type { Repair, RepairKind } from '../domain/repair.ts';
import { fromPartial, fromRelative, RELATIVE } from './loose-time.ts';

/** Asia/Shanghai has kept to UTC+8 since 1991. */
const SHANGHAI_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
/** 2000-01-01T00:00:00+08:00. */
const EARLIEST = 946_656_000_000;

const WRITTEN =
  /^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日?)(?:[T\s]{0,3}(\d{1,2})[:：](\d{1,2})(?:[:：](\d{1,2})(?:[.,](\d{1,9}))?)?)?\s?(Z|[+-]\d{2}:?\d{2})?$/i;
/** Tue Nov 24 10:00:00 +0800 2026: how Weibo's own interface writes it. */
const WEIBO = /^[a-z]{3} ([a-z]{3}) (\d{1,2}) (\d{2}):(\d{2}):(\d{2}) ([+-]\d{4}) (\d{4})$/i;
/** Fri, 20 Nov 2026 21:03:05 +0800: feeds (RFC 822). */
const FEED = /^(?:[a-z]{3}, ?)?(\d{1,2}) ([a-z]{3}) (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))? ?(Z|UTC|GMT|[+-]\d{4})$/i;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const EPOCH = /^\d{9,20}(?:\.\d{1,6})?$/;

export interface Moments {
  /** Epoch ms. */
  readonly now: number;
  /** Nothing in the source is newer than this, epoch ms (a file's last write); default now. */
  readonly until?: number | undefined;
  /** When the source saw the row, epoch ms, where it is known: what 3分钟前 counts from. */
  readonly seen?: number | undefined;
}

export type ReadTime = { readonly at: number; readonly repair?: Repair } | { readonly because: string };
type Read = { readonly at: number; readonly kind?: RepairKind } | { readonly because: string };

/**
 * A time as sources write it, in epoch ms. Taken: ISO 8601 and its looser forms (`2026-11-20 21:03`, `2026/11/20 21:03:05`,
 * `2026年11月20日 21:03`), without a zone as Asia/Shanghai; epoch seconds or milliseconds as number or digits; the forms of feeds
 * and of Weibo's interface; a date without its year (the latest such day that is not ahead of `until`); and, where `seen` is
 * known, words such as 3分钟前 or 昨天 10:00.
 * Refused: before 2000, later than a day after `now`, days that don't exist, such words where it is not known when they were read.
 */
export function readTime(field: string, value: unknown, moments: Moments): ReadTime {
  const read =
    typeof value === 'number'
      ? fromEpoch(field, value)
      : typeof value === 'string'
        ? fromWords(field, value.trim(), moments)
        : { because: `${field} 应为 ISO 8601 时间字符串，例如 2026-11-20T21:03:05+08:00` };
  if ('because' in read) return read;
  if (read.at < EARLIEST) return { because: `${field} 早于 2000 年，请核对时间与单位（秒或毫秒）` };
  if (read.at > moments.now + DAY_MS) return { because: `${field} 比现在晚一天以上，请核对时间、时区与单位` };
  if (read.kind === undefined) return { at: read.at };
  return { at: read.at, repair: repairOf(field, read.kind, value, shanghaiTime(read.at)) };
}

function fromWords(field: string, words: string, moments: Moments): Read {
  const parts = WRITTEN.exec(words);
  if (parts !== null) return fromParts(field, words, parts);
  if (EPOCH.test(words)) return fromEpoch(field, Number(words));
  if (words === '') return { because: `${field} 是空的，请填 ISO 8601 时间` };
  if (words.length <= 40) {
    const named = fromNames(field, words);
    if (named !== undefined) return named;
    const partial = fromPartial(words, Math.min(moments.now, moments.until ?? moments.now));
    if (partial !== undefined) return { at: partial, kind: 'year-missing' };
    if (RELATIVE.test(words)) {
      const at = moments.seen === undefined ? undefined : fromRelative(words, moments.seen);
      if (at !== undefined) return { at, kind: 'relative-time' };
      const remedy =
        moments.seen === undefined
          ? '不知道何时采集，无法确定；请换算成 ISO 8601 时间，或给出采集时间（seenAt，导入时用 --seen）'
          : '认不出，请换算成 ISO 8601 时间';
      return { because: `${field} “${words}”是相对时间，${remedy}` };
    }
  }
  return { because: `${field} “${words.slice(0, 40)}”认不出，请用 ISO 8601，例如 2026-11-20T21:03:05+08:00` };
}

function fromParts(field: string, words: string, parts: RegExpExecArray): Read {
  const number = (at: number): number => Number(parts[at] ?? 0);
  const day = [number(1), number(2) || number(4), number(3) || number(5)] as const;
  const utc = utcOf(day, [number(6), number(7), number(8)]);
  if (utc === undefined) return { because: `${field} “${words}”这一天或这一刻不存在，请核对` };
  const at = utc + Math.trunc(Number(`0.${parts[9] ?? '0'}`) * 1_000);
  const zone = parts[10];
  if (zone === undefined) return { at: at - SHANGHAI_MS, kind: parts[6] === undefined ? 'day-only' : 'zone-assumed' };
  return inZone(field, words, at, zone);
}

function fromNames(field: string, words: string): Read | undefined {
  const weibo = WEIBO.exec(words);
  const parts = weibo === null ? FEED.exec(words) : [words, ...[2, 1, 7, 3, 4, 5, 6].map((at) => weibo[at])];
  if (parts === null) return undefined;
  const [, day, month, year, hour, minute, second, zone] = parts;
  const at = utcOf(
    [Number(year), MONTHS.indexOf(month?.toLowerCase() ?? '') + 1, Number(day)],
    [Number(hour), Number(minute), Number(second ?? 0)],
  );
  if (at === undefined) return { because: `${field} “${words}”这一天或这一刻不存在，请核对` };
  return inZone(field, words, at, /^[+-]/.test(zone ?? '') ? (zone ?? '') : 'Z');
}

function inZone(field: string, words: string, at: number, zone: string): Read {
  if (zone.toUpperCase() === 'Z') return { at };
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (hours > 14 || minutes > 59) return { because: `${field} “${words}”的时区不存在，请核对` };
  return { at: at - (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000 };
}

function utcOf(
  [year, month, day]: readonly [number, number, number],
  [hour, minute, second]: readonly [number, number, number],
): number | undefined {
  const utc = Date.UTC(year, month - 1, day, hour, minute, second);
  const said = new Date(utc);
  const exists =
    said.getUTCMonth() === month - 1 && said.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  return exists ? utc : undefined;
}

function fromEpoch(field: string, value: number): Read {
  if (!Number.isFinite(value) || value < 0) return { because: `${field} 不是有效的时间数字` };
  if (value < 1e11) return { at: Math.trunc(value * 1_000), kind: 'epoch-seconds' };
  if (value >= 1e14) return { because: `${field} 的数字太大（像微秒或纳秒），请换算成秒或毫秒` };
  return { at: Math.trunc(value), kind: 'epoch-millis' };
}
