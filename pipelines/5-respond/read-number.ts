import type { Span } from '../domain/fact.ts';

/** 三百二十, 1.2万, 3000余: what a text counts or measures, in one unit a dimension. */
export interface Quantity extends Span {
  /** Both ends are the same where it is exact; `Infinity` or 0 where the text leaves one open. In the unit `unit`. */
  readonly low: number;
  readonly high: number;
  readonly unit: string;
}

const DIGITS = '零一二三四五六七八九';
const STEPS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000 };
const LARGE: Readonly<Record<string, number>> = { 万: 10_000, 亿: 100_000_000 };

/** Unit as written → unit it is compared in, and how many of those it is. */
const UNITS: Readonly<Record<string, readonly [unit: string, factor: number]>> = {
  人: ['人', 1],
  人次: ['人次', 1],
  名: ['人', 1],
  位: ['人', 1],
  户: ['户', 1],
  辆: ['辆', 1],
  台: ['台', 1],
  艘: ['艘', 1],
  起: ['起', 1],
  例: ['例', 1],
  处: ['处', 1],
  间: ['间', 1],
  栋: ['栋', 1],
  幢: ['栋', 1],
  所: ['所', 1],
  家: ['家', 1],
  个村: ['个村', 1],
  个行政村: ['个村', 1],
  个社区: ['个社区', 1],
  个小区: ['个小区', 1],
  个乡镇: ['个乡镇', 1],
  个街道: ['个街道', 1],
  个县区: ['个县区', 1],
  个安置点: ['个安置点', 1],
  元: ['元', 1],
  毫米: ['毫米', 1],
  厘米: ['米', 0.01],
  米: ['米', 1],
  公里: ['米', 1_000],
  千米: ['米', 1_000],
  平方米: ['平方米', 1],
  平方公里: ['平方米', 1_000_000],
  亩: ['平方米', 2_000 / 3],
  公顷: ['平方米', 10_000],
  立方米每秒: ['立方米每秒', 1],
  '立方米/秒': ['立方米每秒', 1],
  立方米: ['立方米', 1],
  吨: ['千克', 1_000],
  公斤: ['千克', 1],
  千克: ['千克', 1],
  '毫克/升': ['毫克/升', 1],
  '%': ['%', 1],
  '％': ['%', 1],
  摄氏度: ['℃', 1],
  '℃': ['℃', 1],
  级: ['级', 1],
  小时: ['分钟', 60],
  分钟: ['分钟', 1],
  天: ['天', 1],
  岁: ['岁', 1],
  死: ['人', 1],
  伤: ['人', 1],
};
const UNIT = Object.keys(UNITS)
  .sort((a, b) => b.length - a.length)
  .map((unit) => unit.replace('/', '\\/') + (/[死伤]/u.test(unit) ? '(?![亡者员情势害])' : ''))
  .join('|');
const HAN = '零〇一二两三四五六七八九十百千';
const NUMBER = `(?:\\d{1,12}(?:,\\d{3}){0,4}(?:\\.\\d{1,6})?|[${HAN}万亿]{1,14})`;
const QUANTITY = new RegExp(
  `(约|大约|近|将近|逾|超|超过|至少|不少于|不足|不到)?(百分之)?(${NUMBER})([万亿千百]{0,2})([余多])?([万亿]?)(?:个?(${UNIT}))?(左右|以上|以内)?`,
  'gu',
);
/** 第一名, 十分, 一位专家: the words hold a numeral and count nothing. */
const NO_COUNT = /^(?:一(?:起|级|家|所|例|处|次|台|间)|十分|万一|千万|一天|一名|一位)$/u;
const COUNTS_AFTER_QI = /^(?:事故|火灾|案件|警情|投诉|疫情)/u;

/** What is counted or measured, in order. Linear; numerals without a unit are left out. */
export function quantitiesIn(text: string): Quantity[] {
  const found: Quantity[] = [];
  for (const match of text.matchAll(QUANTITY)) {
    const [whole, before, percent, digits, magnitude, more, moreMagnitude, written, after] = match;
    const start = match.index;
    const unit = percent === undefined ? UNITS[written ?? ''] : (['%', 1] as const);
    if (unit === undefined || /[第A-Za-z+\d.]$/u.test(text.slice(Math.max(0, start - 1), start))) continue;
    if (NO_COUNT.test(whole) && !(whole === '一起' && COUNTS_AFTER_QI.test(text.slice(start + 2)))) {
      // 一名工人死亡 counts one; 一名专家 alone says only who.
      if (
        !/^一[名位]$/u.test(whole) ||
        !/^[\p{Script=Han}]{0,6}(?:死亡|遇难|受伤|失联|被困|溺水)/u.test(text.slice(start + 2))
      )
        continue;
    }
    const value = valueOf(digits ?? '') * sizeOf(magnitude ?? '') * sizeOf(moreMagnitude ?? '') * unit[1];
    if (!Number.isFinite(value)) continue;
    const [low, high] = boundsOf(value, before ?? '', more ?? '', after ?? '');
    found.push({ start, end: start + whole.length, text: whole, low, high, unit: unit[0] });
  }
  return found;
}

/** 12, 1,200, 十二, 一千二百, 两万三千 → the number; NaN where it is none. */
export function valueOf(written: string): number {
  if (/^\d/u.test(written)) return Number(written.replaceAll(',', ''));
  if (!/[十百千万亿]/u.test(written)) {
    const digits = [...written].map((sign) => (sign === '〇' ? 0 : sign === '两' ? 2 : DIGITS.indexOf(sign)));
    return digits.length === 0 || digits.includes(-1) ? Number.NaN : Number(digits.join(''));
  }
  let [total, part, digit] = [0, 0, 0];
  let bare = true;
  for (const sign of written) {
    const step = STEPS[sign];
    const large = LARGE[sign];
    if (step !== undefined) {
      part += (bare ? 1 : digit) * step;
      [digit, bare] = [0, true];
    } else if (large !== undefined) {
      // 百万 and 万 with nothing before it count one.
      total = (total + (part + digit === 0 ? 1 : part + digit)) * large;
      [part, digit, bare] = [0, 0, true];
    } else {
      const at = sign === '〇' ? 0 : sign === '两' ? 2 : DIGITS.indexOf(sign);
      if (at < 0) return Number.NaN;
      digit = at;
      bare = at === 0;
    }
  }
  return total + part + digit;
}

const sizeOf = (magnitude: string): number =>
  [...magnitude].reduce((size, sign) => size * (LARGE[sign] ?? STEPS[sign] ?? 1), 1);

/** 约 and 左右 leave a tenth either way, 余 and 近 a tenth on one side; 超过 and 不到 leave that side open. */
function boundsOf(value: number, before: string, more: string, after: string): [low: number, high: number] {
  if (/^(?:逾|超|超过|至少|不少于)$/u.test(before) || after === '以上') return [value, Number.POSITIVE_INFINITY];
  if (/^(?:不足|不到)$/u.test(before) || after === '以内') return [0, value];
  if (/^(?:近|将近)$/u.test(before)) return [value * 0.9, value];
  if (more !== '') return [value, value * (value < 100 ? 1.5 : 1.1)];
  if (before !== '' || after === '左右') return [value * 0.9, value * 1.1];
  return [value, value];
}

/** True where one value can be meant by both. */
export const isSameQuantity = (a: Quantity, b: Quantity): boolean =>
  a.unit === b.unit && a.low <= b.high * (1 + 1e-9) && b.low <= a.high * (1 + 1e-9);
