import { isUtf8 } from 'node:buffer';
import type { RawRow, SourceMoments } from '../ports/source.ts';
import { toUtf8 } from './encoding.ts';
import { LONGEST_LINE, byteLines } from './lines.ts';
import type { ByteLine } from './lines.ts';

const RAW = 64 * 1024;

/**
 * JSON Lines as rows, numbered by line from 1; blank lines are passed over. Reads UTF-8 (with or without mark), GB18030 and
 * UTF-16 with \n or \r\n, in constant memory. A line that can't be read is a broken row with its reason; the others go on.
 */
export async function* jsonLines(
  bytes: AsyncIterable<Buffer>,
  longest = LONGEST_LINE,
  moments?: SourceMoments,
): AsyncGenerator<RawRow> {
  const { encoding, utf8 } = await toUtf8(bytes);
  for await (const line of byteLines(utf8, longest)) {
    const row = rowOf(line, encoding !== 'utf-8', longest, moments);
    if (row !== undefined) yield row;
  }
}

function rowOf(
  { row, bytes, overlong }: ByteLine,
  converted: boolean,
  longest: number,
  moments: SourceMoments | undefined,
): RawRow | undefined {
  if (overlong) {
    const broken = `这一行超过 ${String(Math.floor(longest / 1_048_576))} MB，请一行只写一条帖文`;
    return { row, broken, raw: bytes.subarray(0, RAW).toString('utf8') };
  }
  if (!isUtf8(bytes)) {
    const broken = '这一行不是 UTF-8，请统一编码（UTF-8 或整份 GB18030）后重发';
    return { row, broken, raw: bytes.subarray(0, RAW).toString('latin1') };
  }
  const text = bytes.toString('utf8').replace(/^\uFEFF+/, '');
  if (text.trim() === '') return undefined;
  // Keeping a row's text only matters where it is refused, so it is cut when it is asked for.
  const raw = (): string => text.slice(0, RAW);
  if (converted && text.includes('\uFFFD')) {
    return { row, broken: '这一行有认不出的字节，请核对编码后重发', raw: raw() };
  }
  try {
    const value: unknown = JSON.parse(text);
    return {
      row,
      value,
      ...(moments !== undefined && { moments }),
      get raw() {
        return raw();
      },
    };
  } catch (error) {
    return { row, broken: notJson(error), raw: raw() };
  }
}

function notJson(error: unknown): string {
  const place = error instanceof SyntaxError ? /position (\d+)/.exec(error.message)?.[1] : undefined;
  return place === undefined
    ? '这一行不是完整的 JSON，请检查引号、逗号与括号'
    : `这一行从第 ${String(Number(place) + 1)} 个字符起不是 JSON，请检查引号、逗号与括号`;
}
