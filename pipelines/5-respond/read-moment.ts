import type { Span } from '../domain/fact.ts';
import { valueOf } from './read-number.ts';

/** A time as a text states it: what it leaves out is undefined. Asia/Shanghai, as the office writes. */
export interface Moment extends Span {
  /** Days since the epoch in Shanghai. */
  readonly day?: number;
  /** Day of the month alone (20日), where the month is not said. */
  readonly dayOfMonth?: number;
  /** Minutes of the day. */
  readonly minute?: number;
  /** How far the minute may be off: 许, 左右. */
  readonly give: number;
  /** The second of two in 8时至20时. */
  readonly isEnd: boolean;
}

const DAY = 86_400_000;
const SHANGHAI = 8 * 3_600_000;
const SHIFTS: Readonly<Record<string, number>> = { 今: 0, 当: 0, 昨: -1, 明: 1, 前: -2, 后: 2 };
const N = '(?:\\d{1,2}|[一二三四五六七八九十]{1,3})';
const MOMENT = new RegExp(
  `(?:(?:(\\d{4})年)?(${N})月(${N})[日号]|(${N})[日号](?![常报])|([今昨明前后当])(?:[天日]|(?=[晚早晨夜])))?[,，]?` +
    `(凌晨|清晨|早上|早晨|今早|上午|中午|下午|傍晚|晚上|晚间|夜间|[晚夜早晨])?` +
    `(?:(${N})(?:[时点](?!建议|意见|要求|措施|说明)(?:(${N})分|([二三四五]十[一二三四五六七八九]?(?![人名户起辆处余多]))|(半)|(一刻))?|[:：](\\d{2})(?!\\d))(整)?)?(许|左右|前后)?`,
  'gu',
);

/** The times a text states, in order. @param publishedAt epoch ms: what 今天 and 昨晚 are counted from */
export function momentsIn(text: string, publishedAt: number): Moment[] {
  const today = Math.floor((publishedAt + SHANGHAI) / DAY);
  const found: Moment[] = [];
  for (const match of text.matchAll(MOMENT)) {
    const [
      matched,
      year,
      month,
      date,
      dateOnly,
      relative,
      part,
      hour,
      minutes,
      spoken,
      half,
      quarter,
      colon,
      ,
      roughly,
    ] = match;
    const whole = matched.replace(/^[,，]|[,，]$/gu, '');
    if (whole === '' || (month === undefined && dateOnly === undefined && relative === undefined && hour === undefined))
      continue;
    const start = match.index + (/^[,，]/u.test(matched) ? 1 : 0);
    if (/第$/u.test(text.slice(0, start)) || (/[下共]$/u.test(text.slice(0, start)) && hour === undefined)) continue;
    // 比昨日上涨 compares with that day; nothing happens on it.
    if (/[比较]$/u.test(text.slice(0, start))) continue;
    // 312.5米, 以下3点, 10.20日: the signs before belong to another number.
    if (/[\d.]$/u.test(text.slice(0, start)) || /(?:以下|如下)$/u.test(text.slice(0, start))) continue;
    const bare = hour === undefined ? undefined : valueOf(hour);
    if (bare !== undefined && (!(bare <= 24) || !isHour(text, match))) continue;
    const past = colon ?? minutes ?? spoken;
    const minute =
      bare === undefined
        ? undefined
        : hourIn(bare, part ?? '') * 60 +
          (half !== undefined ? 30 : quarter !== undefined ? 15 : past === undefined ? 0 : valueOf(past));
    const isSharp = past !== undefined || half !== undefined || quarter !== undefined;
    const end = start + whole.length;
    const previous = found.at(-1);
    const between = previous === undefined ? '' : text.slice(previous.end, start);
    // 明天（21日）上午9点 is one time.
    if (previous?.minute === undefined && previous?.day !== undefined && /^[（）()]{1,2}$/u.test(between)) {
      const whole = text.slice(previous.start, end);
      found[found.length - 1] = { ...previous, end, text: whole, ...(minute === undefined ? {} : { minute }) };
      continue;
    }
    const isEnd = previous !== undefined && /^(?:至|到|—{1,2}|-|~|～)$/u.test(between);
    const day = dayOf(today, year, month, date, relative) ?? (isEnd && bare !== undefined ? previous.day : undefined);
    found.push({
      ...{ start, end, text: whole },
      ...(day === undefined ? {} : { day }),
      ...(dateOnly === undefined ? {} : { dayOfMonth: valueOf(dateOnly) }),
      ...(minute === undefined ? {} : { minute }),
      give: roughly === undefined ? 0 : isSharp ? 10 : 30,
      isEnd,
    });
  }
  return found;
}

/** 一时 and 有3点 are no hours: an hour has a day, a part of the day or minutes beside it, or is written in figures. */
function isHour(text: string, match: RegExpExecArray): boolean {
  const [whole, , month, , , relative, part, hour, minutes, spoken, half, quarter, colon] = match;
  if (month !== undefined || relative !== undefined || part !== undefined || minutes !== undefined) return true;
  if (spoken !== undefined || half !== undefined || quarter !== undefined || colon !== undefined) return true;
  return /^\d/u.test(hour ?? '') && (whole.includes('时') || !/有$/u.test(text.slice(0, match.index)));
}

function hourIn(hour: number, part: string): number {
  if (/^(?:下午|傍晚|晚上|晚间|夜间|晚|夜)$/u.test(part) && hour < 12) return hour + 12;
  if (part === '中午' && hour < 6) return hour + 12;
  return hour;
}

function dayOf(
  today: number,
  year: string | undefined,
  month: string | undefined,
  date: string | undefined,
  relative: string | undefined,
): number | undefined {
  if (relative !== undefined) return today + (SHIFTS[relative] ?? 0);
  if (month === undefined || date === undefined) return undefined;
  const written = year === undefined ? new Date(today * DAY).getUTCFullYear() : Number(year);
  return Math.floor(Date.UTC(written, valueOf(month) - 1, valueOf(date)) / DAY);
}

/** True where neither says anything the other does not allow. */
export function isSameMoment(a: Moment, b: Moment): boolean {
  if (a.day !== undefined && b.day !== undefined && a.day !== b.day) return false;
  const dates = [dateOf(a), dateOf(b)];
  if (dates[0] !== undefined && dates[1] !== undefined && dates[0] !== dates[1]) return false;
  if (a.minute === undefined || b.minute === undefined) return true;
  return Math.abs(a.minute - b.minute) <= Math.max(a.give, b.give);
}

const dateOf = ({ day, dayOfMonth }: Moment): number | undefined =>
  dayOfMonth ?? (day === undefined ? undefined : new Date(day * DAY).getUTCDate());
