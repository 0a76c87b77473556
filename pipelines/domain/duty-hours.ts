/** 值班时间: weekly windows on the clock of Asia/Shanghai, which has no summer time. */

/** 1 Monday … 7 Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Minutes of the day. `to` at or before `from` runs over midnight into the next day; 0–1440 is the whole day. */
export interface DutyWindow {
  readonly days: readonly Weekday[];
  readonly from: number;
  readonly to: number;
}
export type DutyHours = readonly DutyWindow[];

const DAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const DAY_NAMES = ['一', '二', '三', '四', '五', '六', '日'] as const;
const ENGLISH = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const MINUTE = 60_000;
const DAY = 1_440;
const WEEK = 7 * DAY;
const SHANGHAI = 8 * 60;

export const ALL_HOURS: DutyHours = [{ days: DAYS, from: 0, to: DAY }];

/** True where somebody is there at that moment (epoch ms). Hours that are not stated count as on duty: nobody knows better. */
export function onDuty(hours: DutyHours | undefined, at: number): boolean {
  return hours === undefined || spans(hours).some(([from, to]) => isWithin(minuteOfWeek(at), from, to));
}

/** When somebody is there next, epoch ms; `at` itself while on duty, undefined where the hours hold nothing. */
export function nextOnDuty(hours: DutyHours | undefined, at: number): number | undefined {
  if (onDuty(hours, at)) return at;
  const now = minuteOfWeek(at);
  const waits = spans(hours ?? []).map(([from]) => (from - now + WEEK) % WEEK);
  if (waits.length === 0) return undefined;
  // Windows begin on whole minutes, so the seconds of `at` go.
  return Math.floor(at / MINUTE) * MINUTE + Math.min(...waits) * MINUTE;
}

/** Whether somebody is there at every minute of the week. */
export function isAlways(hours: DutyHours): boolean {
  let reached = 0;
  const all = spans(hours).flatMap(([from, to]) =>
    to > WEEK ? [[from, WEEK] as const, [0, to - WEEK] as const] : [[from, to] as const],
  );
  for (const [from, to] of all.sort((a, b) => a[0] - b[0])) {
    if (from > reached) return false;
    reached = Math.max(reached, to);
  }
  return reached >= WEEK;
}

/** 24小时, 周一至周五09:00–18:00；周六09:00–12:00. */
export function sayHours(hours: DutyHours): string {
  if (isAlways(hours)) return '24小时';
  return hours.map(({ days, from, to }) => `${sayDays(days)}${clock(from)}–${clock(to)}`).join('；');
}

/**
 * Reads what `sayHours` writes, and how people write it: 24小时, 全天, 周一至周五 09:00-18:00, 每天 8:30到22:00, 工作日 9:00-17:30,
 * Mon-Fri 09:00-18:00; several apart by ；. A window may run over midnight: 每天 18:00-08:00.
 * @returns a sentence that says what is wrong where it can't be read.
 */
export function readHours(text: string): DutyHours | { readonly because: string } {
  const whole = text.trim();
  if (/^(?:7\s*[×x*]\s*)?24\s*(?:小时|h|hours?)?$|^全天$|^24\s*\/\s*7$/i.test(whole)) return ALL_HOURS;
  const windows: DutyWindow[] = [];
  for (const part of whole.split(/[；;\n]/).filter((one) => one.trim() !== '')) {
    const found = /(\d{1,2})[:：](\d{2})\s*(?:-|–|—|~|～|至|到)\s*(\d{1,2})[:：](\d{2})$/.exec(part.trim());
    if (found === null) return { because: `“${part.trim()}”读不出值班时间，请写成“周一至周五 09:00-18:00”或“24小时”` };
    const said = part.trim().slice(0, found.index);
    const days = readDays(said);
    if (days === undefined) return { because: `“${said}”读不出是周几，请写成“周一至周五”“周六、周日”或“每天”` };
    const from = Number(found[1]) * 60 + Number(found[2]);
    const to = Number(found[3]) * 60 + Number(found[4]);
    if (from >= DAY || to > DAY || Number(found[2]) > 59 || Number(found[4]) > 59 || from === to)
      return { because: `“${part.trim()}”的时刻不对，应在00:00至24:00之间，起止不能相同` };
    windows.push({ days, from, to });
  }
  return windows.length === 0 ? { because: '值班时间是空的，请写成“周一至周五 09:00-18:00”或“24小时”' } : windows;
}

function readDays(text: string): readonly Weekday[] | undefined {
  const words = text.trim().toLowerCase();
  if (words === '' || /^(?:每天|每日|daily|全周)$/.test(words)) return DAYS;
  if (/^(?:工作日|weekdays?)$/.test(words)) return DAYS.slice(0, 5);
  if (/^(?:周末|weekends?)$/.test(words)) return DAYS.slice(5);
  const found = new Set<Weekday>();
  for (const part of words.split(/[、,，\s]+/).filter(Boolean)) {
    const [first, last, ...rest] = part.split(/至|到|-|–|~/).map(dayOf);
    if (first === undefined || rest.length > 0 || (part.match(/至|到|-|–|~/) !== null && last === undefined))
      return undefined;
    for (let day: number = first; ; day = (day % 7) + 1) {
      found.add(day as Weekday);
      if (day === (last ?? first)) break;
    }
  }
  return found.size === 0 ? undefined : DAYS.filter((day) => found.has(day));
}

function dayOf(word: string): Weekday | undefined {
  const chinese = /^(?:周|星期|礼拜)?([一二三四五六日天])$/.exec(word.trim())?.[1]?.replace('天', '日');
  const at =
    chinese === undefined
      ? ENGLISH.findIndex((day) => word.trim().startsWith(day))
      : DAY_NAMES.findIndex((name) => name === chinese);
  return DAYS[at];
}

function sayDays(days: readonly Weekday[]): string {
  if (days.length === 7) return '每天';
  const first = days[0] ?? 1;
  const last = days.at(-1) ?? first;
  const name = (day: Weekday): string => `周${DAY_NAMES[day - 1] ?? ''}`;
  if (days.length > 2 && last - first === days.length - 1) return `${name(first)}至${name(last)}`;
  return days.map(name).join('、');
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Each window as minutes of the week; one that runs over midnight ends beyond its day, beyond WEEK on a Sunday. */
const spans = (hours: DutyHours): (readonly [from: number, to: number])[] =>
  hours.flatMap(({ days, from, to }) =>
    days.map((day) => {
      const start = (day - 1) * DAY;
      return [start + from, start + (to > from ? to : to + DAY)] as const;
    }),
  );

const isWithin = (minute: number, from: number, to: number): boolean =>
  (minute >= from && minute < to) || (minute + WEEK >= from && minute + WEEK < to);

/** Monday 00:00 in Shanghai is 0. 1 January 1970 was a Thursday. */
const minuteOfWeek = (at: number): number => (Math.floor(at / MINUTE) + SHANGHAI + 3 * DAY) % WEEK;
