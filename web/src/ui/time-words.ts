import { zh } from './zh.ts';

/** Times for people: Asia/Shanghai, whatever the machine of the wall is set to. All arguments are epoch ms. */
const ZONE = 'Asia/Shanghai';
const clockFormat = new Intl.DateTimeFormat('zh-CN', {
  timeZone: ZONE,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const dayFormat = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const weekFormat = new Intl.DateTimeFormat('zh-CN', { timeZone: ZONE, weekday: 'short' });

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** "21:47:08" in three parts. */
export const clockParts = (at: number): readonly string[] => clockFormat.format(at).split(':');

/** "21:47". */
export const hhmm = (at: number): string => clockFormat.format(at).slice(0, 5);

/** "11月20日". */
const monthDay = (at: number): string => {
  const [, month, day] = dayFormat.format(at).split('-');
  return `${Number(month)}${zh.units.month}${Number(day)}${zh.units.date}`;
};

/** "11月20日 周五". */
export const dateLine = (at: number): string => `${monthDay(at)} ${weekFormat.format(at)}`;

const yearFormat = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
});

/** 2026年11月20日. */
export const dayWords = (at: number): string => yearFormat.format(at);

/** 2026年11月20日21:03, for moments that may lie in any year. */
export const dayAndTime = (at: number): string => `${yearFormat.format(at)}${hhmm(at)}`;

/** "21:47"; 昨日 or 明日 before it where it is the day beside that of `now`, else the date. */
export function hhmmOn(at: number, now: number): string {
  const day = dayFormat.format(at);
  if (day === dayFormat.format(now)) return hhmm(at);
  if (day === dayFormat.format(now - DAY)) return `${zh.yesterday}${hhmm(at)}`;
  if (day === dayFormat.format(now + DAY)) return `${zh.tomorrow}${hhmm(at)}`;
  return `${monthDay(at)}\u2009${hhmm(at)}`;
}

export interface SpanPart {
  readonly n: string;
  readonly u: string;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** At most two units, the largest first: 2 时 05 分, 6 分 20 秒. Seconds only under an hour and only where asked. */
export function spanParts(ms: number, seconds = true): readonly SpanPart[] {
  const { day, hour, minute, second } = zh.units;
  const total = Math.max(0, Math.floor(ms / SECOND));
  const s = total % 60;
  const m = Math.floor(total / 60) % 60;
  const h = Math.floor(total / 3600);
  if (h >= 72) return [{ n: String(Math.floor(h / 24)), u: day }];
  if (h > 0)
    return m === 0
      ? [{ n: String(h), u: hour }]
      : [
          { n: String(h), u: hour },
          { n: two(m), u: minute },
        ];
  if (!seconds || m >= 20) return [{ n: String(m), u: minute }];
  if (m > 0)
    return [
      { n: String(m), u: minute },
      { n: two(s), u: second },
    ];
  return [{ n: String(s), u: second }];
}

export const spanWords = (ms: number, seconds = true): string =>
  spanParts(ms, seconds)
    .map(({ n, u }) => `${n}${u}`)
    .join('');

/** "3 秒前", "6 分前", "2 时前": one unit is enough to know how old a thing is. */
export function agoWords(ms: number): string {
  const { day, hour, minute, second } = zh.units;
  if (ms < 2 * SECOND) return zh.justNow;
  if (ms < MINUTE) return zh.ago(`${Math.floor(ms / SECOND)}${second}`);
  if (ms < HOUR) return zh.ago(`${Math.floor(ms / MINUTE)}${minute}`);
  if (ms < 3 * DAY) return zh.ago(`${Math.floor(ms / HOUR)}${hour}`);
  return zh.ago(`${Math.floor(ms / DAY)}${day}`);
}

const digits = new Intl.NumberFormat('zh-CN');
/** 12,345. */
export const figure = (n: number): string => digits.format(n);
