import { isUtf8 } from 'node:buffer';
import type { RawRow } from '../ports/source.ts';
import { SourceFault } from './bytes.ts';
import { toUtf8 } from './encoding.ts';

/** The largest JSON array read as a whole. Larger ones must come as JSON Lines, which needs no memory to speak of. */
export const LARGEST_ARRAY = 100 * 1024 * 1024;
const RAW = 64 * 1024;

/** A JSON array (or one object) as rows, numbered by element from 1. @throws SourceFault */
export async function* jsonArray(bytes: AsyncIterable<Buffer>, name: string): AsyncGenerator<RawRow> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of (await toUtf8(bytes)).utf8) {
    length += part.length;
    if (length > LARGEST_ARRAY) throw new SourceFault(`文件 ${name} 超过 100 MB，请改存为 JSON Lines（一行一条）`);
    parts.push(part);
  }
  const all = Buffer.concat(parts);
  if (!isUtf8(all)) throw new SourceFault(`文件 ${name} 不是 UTF-8，请另存为 UTF-8`);
  let value: unknown;
  try {
    value = JSON.parse(all.toString('utf8').replace(/^\uFEFF/, ''));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SourceFault(`文件 ${name} 不是完整的 JSON:${why}`, { cause });
  }
  let row = 0;
  for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
    row++;
    yield {
      row,
      value: one,
      get raw() {
        return JSON.stringify(one).slice(0, RAW);
      },
    };
  }
}
