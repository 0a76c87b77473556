/** Times that only mean something beside the moment they were read: dates without a year, and 3分钟前. All Asia/Shanghai. */
const SHANGHAI_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** Words that make a time relative; whether it can be read is for fromRelative to say. */
export const RELATIVE = /刚刚|前|今天|昨天|ago|yesterday|today/i;

const PARTIAL = /^(?:(\d{1,2})[-/.](\d{1,2})|(\d{1,2})月(\d{1,2})日)(?: {0,3}(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?)?$/;
const AGO = /^(\d{1,4}) ?(秒钟?|分钟?|小时|天|seconds?|minutes?|mins?|hours?|days?) ?(?:前|ago)$/i;
const DAY_AND_TIME = /^(今天|昨天|前天|today|yesterday) ?(?:(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?)?$/i;
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:秒|sec)/i, 1_000],
  [/^(?:分|min)/i, 60_000],
  [/^(?:小时|hour)/i, 3_600_000],
  [/^(?:天|day)/i, DAY_MS],
];
const DAYS_BACK: Readonly<Record<string, number>> = { 今天: 0, today: 0, 昨天: 1, yesterday: 1, 前天: 2 };

/**
 * 12-31 21:03, 12月31日: the latest such moment not more than a day after `until`.
 * @returns epoch ms; undefined where the words are no such date or the day never exists
 */
export function fromPartial(words: string, until: number): number | undefined {
  const parts = PARTIAL.exec(words);
  if (parts === null) return undefined;
  const [month, day] = [Number(parts[1] ?? parts[3]), Number(parts[2] ?? parts[4])];
  const [hour, minute, second] = [Number(parts[5] ?? 0), Number(parts[6] ?? 0), Number(parts[7] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const year = new Date(until + SHANGHAI_MS).getUTCFullYear();
  // 29 February is at most eight years back; the next year is tried too, for the last evening of a year.
  for (let back = -1; back <= 8; back++) {
    const utc = Date.UTC(year - back, month - 1, day, hour, minute, second);
    const said = new Date(utc);
    if (said.getUTCMonth() !== month - 1 || said.getUTCDate() !== day) continue;
    if (utc - SHANGHAI_MS <= until + DAY_MS) return utc - SHANGHAI_MS;
  }
  return undefined;
}

/** 刚刚, 3分钟前, 昨天 10:00 as read at `seen`. @returns epoch ms, or undefined */
export function fromRelative(words: string, seen: number): number | undefined {
  if (/^(?:刚刚|just now)$/i.test(words)) return seen;
  const ago = AGO.exec(words);
  if (ago !== null) {
    const unit = UNITS.find(([name]) => name.test(ago[2] ?? ''))?.[1];
    return unit === undefined ? undefined : seen - Number(ago[1]) * unit;
  }
  const parts = DAY_AND_TIME.exec(words);
  const back = DAYS_BACK[parts?.[1]?.toLowerCase() ?? ''];
  if (parts === null || back === undefined) return undefined;
  const [hour, minute, second] = [Number(parts[2] ?? 0), Number(parts[3] ?? 0), Number(parts[4] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const midnight = Math.floor((seen + SHANGHAI_MS) / DAY_MS) * DAY_MS - SHANGHAI_MS;
  return midnight - back * DAY_MS + (hour * 3_600 + minute * 60 + second) * 1_000;
}
