import { Readable, pipeline } from 'node:stream';
import { parse } from 'csv-parse';
import type { CsvError } from 'csv-parse';
import type { Table, TableRow } from '../../../pipelines/ports/source.ts';

/** A post's text is 20,000 characters at most; what is longer than this is a quote that was never closed. */
const LONGEST_RECORD = 1024 * 1024;
const HEAD = 8 * 1024;
const RAW = 64 * 1024;

interface Read {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * CSV with a header line as a table, its rows numbered by the line a record ends on. Separators: comma, or tab or semicolon where
 * the header says so; quotes as RFC 4180. A record that can't be read is a broken row; the others go on. Read once.
 */
export async function readCsv(utf8: AsyncIterable<Uint8Array>): Promise<Table> {
  const broken: TableRow[] = [];
  let overlongAfter: unknown;
  const { head, bytes } = await withHead(utf8);
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(head),
    info: true,
    relax_column_count: true,
    // A stray quote is a character like any other: else it would swallow the records after it.
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: LONGEST_RECORD,
    on_skip: (error: CsvError | undefined) => {
      const row = typeof error?.lines === 'number' ? error.lines : 0;
      // One record that is too long is told of again with every piece of it.
      if (error?.code === 'CSV_MAX_RECORD_SIZE') {
        if (overlongAfter === error.records) return undefined;
        overlongAfter = error.records;
      }
      broken.push({ row, broken: reasonOf(error), raw: rawOf(error?.record) });
      return undefined;
    },
  });
  // A failure of the bytes reaches the loop below as a failure of the parser.
  pipeline(Readable.from(bytes, { objectMode: false }), parser, () => undefined);
  const records = (parser as AsyncIterable<Read>)[Symbol.asyncIterator]();
  const first = await records.next();
  const columns = first.done === true ? [] : first.value.record.map((cell) => cell.trim());
  return {
    name: '',
    columns,
    async *rows() {
      try {
        for (;;) {
          const next = await records.next();
          if (next.done === true) {
            yield* broken;
            return;
          }
          const { record, info } = next.value;
          // The parser is ahead of what was asked for.
          while (broken[0] !== undefined && broken[0].row < info.lines) yield broken.shift() as TableRow;
          // Crawlers that append to a file print the header again.
          if (record.length === columns.length && record.every((cell, at) => cell.trim() === columns[at])) continue;
          yield {
            row: info.lines,
            cells: record,
            get raw() {
              return rawOf(record);
            },
          };
        }
      } finally {
        parser.destroy();
      }
    },
  };
}

function delimiterOf(head: string): string {
  const line = /^[^\r\n]*/.exec(head)?.[0] ?? '';
  const count = (mark: string): number => line.split(mark).length;
  return [',', '\t', ';'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** The first bytes, up to the end of the first line where that is near, with all of them again. */
async function withHead(utf8: AsyncIterable<Uint8Array>): Promise<{ head: string; bytes: AsyncGenerator<Uint8Array> }> {
  const from = utf8[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let held = 0;
  while (held < HEAD) {
    const next = await from.next();
    if (next.done === true) break;
    first.push(next.value);
    held += next.value.length;
    if (next.value.includes(10)) break;
  }
  const all = Buffer.concat(first);
  const bytes = (async function* () {
    yield all;
    for (;;) {
      const next = await from.next();
      if (next.done === true) return;
      yield next.value;
    }
  })();
  return { head: all.toString('utf8', 0, HEAD), bytes };
}

/** A record as a line again, for those who have to look at it. */
function rawOf(record: unknown): string {
  if (!Array.isArray(record)) return '';
  const cells = (record as unknown[]).map((cell) => {
    const text = typeof cell === 'string' ? cell.slice(0, RAW) : '';
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return cells.join(',').slice(0, RAW);
}

function reasonOf(error: CsvError | undefined): string {
  if (error?.code === 'CSV_MAX_RECORD_SIZE') return '这一行超过 1 MB，可能是引号没有配对';
  if (error?.code === 'CSV_QUOTE_NOT_CLOSED') return '引号没有配对，从这里到文件末尾读不出来';
  return `这一行不是规范的 CSV（${error?.code ?? '未知'}），含引号的单元格请用双引号包住`;
}
