import { repairOf } from '../domain/repair.ts';
import type { Repair } from '../domain/repair.ts';

const WRITTEN = /^(\d{1,15}(?:\.\d{1,6})?)\s?([万萬wW千kK亿億]?)\+?$/u;
const PLAIN = /^\d{1,15}$/;
const UNIT: Readonly<Record<string, number>> = { 万: 1e4, 萬: 1e4, w: 1e4, 千: 1e3, k: 1e3, 亿: 1e8, 億: 1e8 };
const NOTHING = new Set(['', '-', '--', 'none', 'null', 'nan', 'undefined', '暂无']);

export type ReadCount = { readonly count?: number; readonly repair?: Repair } | { readonly because: string };

/**
 * A count as platforms show it: 12, "12", "1,234", "1.2万", "10万+", "1亿", "None", "". Neither number nor nothing: refused.
 * Plain digits as text are what every table holds, so they are no repair.
 */
export function readCount(field: string, value: unknown): ReadCount {
  if (value === null) return {};
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value) && value >= 0) return { count: value };
    if (value < 0) return { because: `${field} 是负数，计数不能小于 0` };
    if (!Number.isFinite(value) || value > Number.MAX_SAFE_INTEGER) return { because: `${field} 不是有效的计数` };
    const count = Math.round(value);
    return { count, repair: repairOf(field, 'count-rounded', value, count) };
  }
  if (typeof value !== 'string') return { because: `${field} 应为数字` };
  const words = value.trim();
  if (PLAIN.test(words)) return { count: Number(words) };
  if (NOTHING.has(words.toLowerCase())) return { repair: repairOf(field, 'count-absent', words, '') };
  if (/^[-−]\s?\d/.test(words)) return { because: `${field} 是负数，计数不能小于 0` };
  const parts = WRITTEN.exec(words.replace(/(\d)[,，](?=\d{3})/g, '$1'));
  const unit = parts?.[2] ?? '';
  const count = Math.round(Number(parts?.[1]) * (UNIT[unit.toLowerCase()] ?? 1));
  if (parts === null || !Number.isSafeInteger(count)) {
    return { because: `${field} “${words.slice(0, 20)}”认不出，请用数字，也可写 1.2万、10万+、1亿` };
  }
  return { count, repair: repairOf(field, 'count-words', words, count) };
}
