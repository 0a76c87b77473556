/** How a refused row is put right before it is taken in again. */
export interface Mending {
  /** Old name of a top-level field → the right one: a mapping that was wrong. */
  readonly rename?: Readonly<Record<string, string>>;
  /** Fields to set, by their right names. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** The whole row, written anew. */
  readonly row?: string;
}

export type Mended = { readonly value: unknown } | { readonly broken: string };

const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** The row as it should have come. @param raw as it came */
export function mendRow(raw: string, { rename = {}, set = {}, row }: Mending): Mended {
  let value: unknown;
  try {
    value = JSON.parse(row ?? raw);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { broken: '这一行不是 JSON，请整行改写后重放' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { broken: '这一行应为一个 JSON 对象' };
  const entries = Object.entries(value).map(([key, field]): [string, unknown] => [
    Object.hasOwn(rename, key) ? (rename[key] ?? key) : key,
    field,
  ]);
  const fields = new Map([...entries, ...Object.entries(set)]);
  if ([...fields.keys()].some((key) => FORBIDDEN.has(key))) return { broken: '这一行里有不允许的字段，请去掉' };
  return { value: Object.fromEntries(fields) };
}
