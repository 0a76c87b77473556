import type { Repair } from '../domain/repair.ts';
import { cleanWords } from './words.ts';

/** A row can't be taken. The message is the sentence shown to people. Never leaves this folder. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** Not fields of any post: attempts to reach the program's own objects. Refused even where unknown keys are passed over. */
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
// Control characters and lone surrogates have no place in an id: two different ids would look the same.
// eslint-disable-next-line no-control-regex -- finding these is the point
const UNFIT_FOR_ID = /[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/;

/** 4.91235E+18: what spreadsheets make of long ids. */
const SPREADSHEET = /^\d(?:\.\d+)?E\+\d{1,2}$/i;

/** @throws Refused */
export function objectOf(
  field: string,
  value: unknown,
  known: ReadonlySet<string>,
  strict: boolean,
): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refused(`${field}应为一个 JSON 对象`);
  }
  const from = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(from)) {
    if (known.has(key)) continue;
    if (FORBIDDEN.has(key)) throw new Refused(`${field}里有不允许的字段 ${key}，请去掉`);
    if (strict) {
      throw new Refused(`${field}里有不认识的字段 ${key.slice(0, 50).toWellFormed()}，请去掉或改用规定的字段名`);
    }
  }
  return from;
}

/**
 * An id as the platform gave it: 1 to 200 characters, or a whole number JavaScript can hold exactly. Empty: absent.
 * @throws Refused
 */
export function nativeIdOf(field: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return String(value);
    throw new Refused(`${field} 这个数字太大或不是整数，会丢失精度，请用字符串`);
  }
  if (typeof value !== 'string') throw new Refused(`${field} 应为字符串或整数`);
  const id = value.trim();
  if (id === '') return undefined;
  if (SPREADSHEET.test(id)) {
    throw new Refused(`${field} “${id}”被表格软件改成了科学计数，已丢失精度，请把这一列设为文本后重新导出`);
  }
  if (id.length > 200) throw new Refused(`${field} 超过 200 个字符，请用平台给的编号`);
  if (UNFIT_FOR_ID.test(id) || !id.isWellFormed()) throw new Refused(`${field} 含控制字符或残缺字符，请核对编码`);
  return id;
}

/** A name: no longer than `longest`, no control characters. Empty: absent. @throws Refused */
export function shortWords(field: string, value: unknown, longest: number): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new Refused(`${field} 应为字符串`);
  const words = value.trim();
  if (words === '') return undefined;
  if (words.length > longest) throw new Refused(`${field} 超过 ${String(longest)} 个字符`);
  if (UNFIT_FOR_ID.test(words) || !words.isWellFormed()) throw new Refused(`${field} 含控制字符或残缺字符，请核对编码`);
  return words;
}

/** Words for people: cleaned and, where too long, cut; each said in `repairs`. Empty: absent. @throws Refused */
export function longWords(field: string, value: unknown, longest: number, repairs: Repair[]): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new Refused(`${field} 应为字符串`);
  const clean = cleanWords(field, value.trim(), longest);
  repairs.push(...clean.repairs);
  return clean.words === '' ? undefined : clean.words;
}

/** @throws Refused */
export function memberOf<T extends string>(field: string, value: unknown, words: readonly T[]): T | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const found = words.find((word) => word === value);
  if (found === undefined) throw new Refused(`${field} 只能是 ${words.join('、')} 之一`);
  return found;
}
