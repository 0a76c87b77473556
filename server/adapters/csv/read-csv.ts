import { Readable, pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import type { CsvError } from 'csv-parse';
import type { RawRow } from '../../../pipelines/ports/source.ts';
import { canonicalOf, readHeader } from './columns.ts';

const LONGEST_RECORD = 10 * 1024 * 1024;
const RAW = 64 * 1024;

export interface CsvOptions {
  /** Hears of the columns that mean nothing to a post, once, in their order. */
  readonly onIgnored?: (columns: readonly string[]) => void;
  /** What a header means; canonical posts where left out. @throws CsvFault where a needed column is missing */
  readonly shape?: (cells: readonly string[], file: string) => RecordShape;
}

export interface RecordShape {
  /** As written, trimmed. */
  readonly names: readonly string[];
  readonly ignored: readonly string[];
  valueOf(record: readonly string[]): Record<string, unknown>;
}

const postShape = (cells: readonly string[], file: string): RecordShape => {
  const header = readHeader(cells, file);
  return { ...header, valueOf: (record) => canonicalOf(record, header) };
};

interface Read {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

/**
 * CSV with a header line as rows of canonical posts, numbered by the line a record ends on. Separators: comma, or tab or
 * semicolon where the header says so; quotes as RFC 4180. Columns by their canonical or Chinese names, see columns.ts. A record
 * that can't be read is a broken row; the others go on.
 * @throws CsvFault naming file and remedy, where the header lacks id, text or time
 */
export async function* readCsv(
  utf8: AsyncIterable<Buffer>,
  name: string,
  options: CsvOptions = {},
): AsyncGenerator<RawRow> {
  const broken: RawRow[] = [];
  const { head, bytes } = await withHead(utf8);
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(head),
    info: true,
    raw: true,
    relax_column_count: true,
    // A stray quote is a character like any other: else it would swallow the records after it.
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: LONGEST_RECORD,
    on_skip: (error: CsvError | undefined, raw: string | undefined) => {
      broken.push({
        row: typeof error?.lines === 'number' ? error.lines : 0,
        broken: reasonOf(error),
        raw: (raw ?? '').slice(0, RAW),
      });
      return undefined;
    },
  });
  // A failure of the bytes reaches the loop below as a failure of the parser.
  pipeline(Readable.from(bytes, { objectMode: false }), parser, () => undefined);
  let header: RecordShape | undefined;
  for await (const { record, raw, info } of parser as AsyncIterable<Read>) {
    yield* broken.splice(0);
    if (header === undefined) {
      header = (options.shape ?? postShape)(record, name);
      if (header.ignored.length > 0) options.onIgnored?.(header.ignored);
      continue;
    }
    // Crawlers that append to a file print the header again.
    if (record.every((cell, at) => cell.trim() === header?.names[at])) continue;
    yield { row: info.lines, value: header.valueOf(record), raw: raw.slice(0, RAW) };
  }
  yield* broken.splice(0);
}

function delimiterOf(head: string): string {
  const line = /^[^\r\n]*/.exec(head)?.[0] ?? '';
  const count = (mark: string): number => line.split(mark).length;
  return [',', '\t', ';'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

async function withHead(utf8: AsyncIterable<Buffer>): Promise<{ head: string; bytes: AsyncGenerator<Buffer> }> {
  const from = utf8[Symbol.asyncIterator]();
  const start = await from.next();
  const first = start.done === true ? Buffer.alloc(0) : start.value;
  const bytes = (async function* () {
    yield first;
    for (;;) {
      const next = await from.next();
      if (next.done === true) return;
      yield next.value;
    }
  })();
  return { head: first.toString('utf8', 0, 8_192), bytes };
}

function reasonOf(error: CsvError | undefined): string {
  if (error?.code === 'CSV_MAX_RECORD_SIZE') return '这一行超过 10 MB，可能是引号没有配对';
  if (error?.code === 'CSV_QUOTE_NOT_CLOSED') return '引号没有配对，从这里到文件末尾读不出来';
  return `这一行不是规范的 CSV（${error?.code ?? '未知'}），含引号的单元格请用双引号包住`;
}
