/** Asia/Shanghai has kept to UTC+8 since 1991. */
const SHANGHAI_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;
/** 2000-01-01T00:00:00+08:00. */
const EARLIEST = 946_656_000_000;

const WRITTEN =
  /^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日?)(?:[T\s]{0,3}(\d{1,2})[:：](\d{1,2})(?:[:：](\d{1,2})(?:[.,](\d{1,9}))?)?)?\s?(Z|[+-]\d{2}:?\d{2})?$/i;
const EPOCH = /^\d{9,20}(?:\.\d{1,6})?$/;
const RELATIVE = /刚刚|前|今天|昨天|前天|ago|yesterday|today/i;

export type ReadTime = { readonly at: number; readonly repaired?: string } | { readonly because: string };

/**
 * A time as sources write it, in epoch ms. Taken: ISO 8601 and its looser forms (`2026-11-20 21:03`, `2026/11/20 21:03:05`,
 * `2026年11月20日 21:03`), without a zone as Asia/Shanghai, and epoch seconds or milliseconds as number or digits.
 * Refused: before 2000, later than a day after `now`, days that don't exist, words such as 3分钟前.
 */
export function readTime(field: string, value: unknown, now: number): ReadTime {
  const read =
    typeof value === 'number'
      ? fromEpoch(field, value)
      : typeof value === 'string'
        ? fromWords(field, value.trim())
        : { because: `${field} 应为 ISO 8601 时间字符串，例如 2026-11-20T21:03:05+08:00` };
  if ('because' in read) return read;
  if (read.at < EARLIEST) return { because: `${field} 早于 2000 年，请核对时间与单位（秒或毫秒）` };
  if (read.at > now + DAY_MS) return { because: `${field} 比现在晚一天以上，请核对时间、时区与单位` };
  return read;
}

function fromWords(field: string, words: string): ReadTime {
  const parts = WRITTEN.exec(words);
  if (parts !== null) return fromParts(field, words, parts);
  if (EPOCH.test(words)) return fromEpoch(field, Number(words));
  if (words === '') return { because: `${field} 是空的，请填 ISO 8601 时间` };
  if (words.length <= 40 && RELATIVE.test(words)) {
    return { because: `${field} “${words}”是相对时间，无法确定，请换算成 ISO 8601 时间` };
  }
  return { because: `${field} “${words.slice(0, 40)}”认不出，请用 ISO 8601，例如 2026-11-20T21:03:05+08:00` };
}

function fromParts(field: string, words: string, parts: RegExpExecArray): ReadTime {
  const number = (at: number): number => Number(parts[at] ?? 0);
  const [year, month, day] = [number(1), number(2) || number(4), number(3) || number(5)];
  const [hour, minute, second] = [number(6), number(7), number(8)];
  const utc = Date.UTC(year, month - 1, day, hour, minute, second);
  const said = new Date(utc);
  const exists =
    said.getUTCMonth() === month - 1 && said.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!exists) return { because: `${field} “${words}”这一天或这一刻不存在，请核对` };
  const at = utc + Math.trunc(Number(`0.${parts[9] ?? '0'}`) * 1_000);
  const zone = parts[10];
  if (zone === undefined) return { at: at - SHANGHAI_MS, repaired: `${field}：没有时区，按北京时间` };
  if (zone.toUpperCase() === 'Z') return { at };
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (hours > 14 || minutes > 59) return { because: `${field} “${words}”的时区不存在，请核对` };
  return { at: at - (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000 };
}

function fromEpoch(field: string, value: number): ReadTime {
  if (!Number.isFinite(value) || value < 0) return { because: `${field} 不是有效的时间数字` };
  if (value < 1e11) return { at: Math.trunc(value * 1_000), repaired: `${field}：数字按秒` };
  if (value >= 1e14) return { because: `${field} 的数字太大（像微秒或纳秒），请换算成秒或毫秒` };
  return { at: Math.trunc(value), repaired: `${field}：数字按毫秒` };
}
