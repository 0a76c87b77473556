import type { Table, TableFile, TableRow } from '../../../pipelines/ports/source.ts';
import { readBook, unescaped, type Book } from './book.ts';
import { readXml } from './read-xml.ts';
import { openZip, type Parts } from './zip-entries.ts';

const RAW = 64 * 1024;
/** A sheet has 16,384 columns at most; people use a few dozen. */
const MOST_COLUMNS = 1_000;
/** Titles and notes stand above the header of many exports. */
const LOOKED_FOR_HEADER = 10;
const DAY_MS = 86_400_000;

interface SheetRow {
  readonly row: number;
  readonly cells: string[];
}

/**
 * A workbook as its sheets, each read as a stream: only the words that rows share are held, at most 20 million characters. The
 * header is the first row with two filled cells; empty rows are passed over. Dates come as 2026-11-20 21:03:05, without a zone.
 * @throws Error with a sentence for people where it is no workbook, is locked, or unpacks like a bomb
 */
export async function readXlsx(path: string): Promise<TableFile> {
  const parts = await openZip(path);
  try {
    const book = await readBook(parts);
    const tables: Table[] = [];
    for (const { name, part } of book.sheets) {
      const header = await headerOf(parts, part, book);
      if (header !== undefined) tables.push(tableOf(parts, name, part, book, header));
    }
    return {
      tables,
      close() {
        parts.close();
        return Promise.resolve();
      },
    };
  } catch (error) {
    parts.close();
    throw error;
  }
}

async function headerOf(parts: Parts, part: string, book: Book): Promise<SheetRow | undefined> {
  let first: SheetRow | undefined;
  let looked = 0;
  for await (const row of rowsOf(parts, part, book)) {
    first ??= row;
    if (row.cells.filter((cell) => cell !== '').length > 1) return row;
    if (++looked === LOOKED_FOR_HEADER) break;
  }
  return first;
}

const tableOf = (parts: Parts, name: string, part: string, book: Book, header: SheetRow): Table => ({
  name,
  columns: header.cells.map((cell) => cell.trim()),
  async *rows(): AsyncGenerator<TableRow> {
    for await (const { row, cells } of rowsOf(parts, part, book)) {
      if (row <= header.row) continue;
      // Empty cells at the end of a row are not written.
      while (cells.length < header.cells.length) cells.push('');
      yield {
        row,
        cells,
        get raw() {
          return JSON.stringify(cells).slice(0, RAW);
        },
      };
    }
  },
});

/** The rows with anything in them. */
async function* rowsOf(parts: Parts, part: string, book: Book): AsyncGenerator<SheetRow> {
  const done: SheetRow[] = [];
  let number = 0;
  let cells: string[] = [];
  let at = 0;
  let [kind, style, value, inValue] = ['', 0, '', false];
  const events = readXml(parts.bytes(part), {
    open(tag, attributes) {
      if (tag === 'row') {
        number = Number(attributes['r'] ?? number + 1);
        cells = [];
        at = 0;
      } else if (tag === 'c') {
        at = columnOf(attributes['r']) ?? at;
        if (at >= MOST_COLUMNS) throw new Error(`工作表超过 ${MOST_COLUMNS} 列，不读`);
        kind = attributes['t'] ?? 'n';
        style = Number(attributes['s'] ?? 0);
        value = '';
      } else inValue = tag === 'v' || tag === 't';
    },
    text(text) {
      if (inValue) value += text;
    },
    close(tag) {
      if (tag === 'v' || tag === 't') inValue = false;
      else if (tag === 'c') {
        while (cells.length < at) cells.push('');
        cells[at++] = cellOf(kind, value, style, book);
      } else if (tag === 'row' && cells.some((cell) => cell !== '')) done.push({ row: number, cells });
    },
  });
  for await (const _ of events) yield* done.splice(0);
}

function cellOf(kind: string, value: string, style: number, book: Book): string {
  switch (kind) {
    case 's':
      return book.shared[Number(value)] ?? '';
    case 'inlineStr':
    case 'str':
      return unescaped(value);
    case 'e':
      return '';
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE';
    default:
      return book.dated.has(style) ? dateOf(value, book.from1904) : plain(value);
  }
}

/** Numbers of more than fifteen digits were cut by the spreadsheet itself; they come as they are, and intake refuses them. */
function plain(value: string): string {
  return /^-?\d+(?:\.\d+)?E\+?\d+$/i.test(value) && Number.isSafeInteger(Number(value)) ? String(Number(value)) : value;
}

/** Days since 30 December 1899 (or 1 January 1904) as a written time. */
function dateOf(value: string, from1904: boolean): string {
  const days = Number(value);
  if (value === '' || !Number.isFinite(days) || days < 0 || days > 2_958_465) return value;
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const at = new Date(epoch + Math.round((days * DAY_MS) / 1_000) * 1_000);
  const written = at.toISOString().slice(0, 19).replace('T', ' ');
  return Number.isInteger(days) ? written.slice(0, 10) : written;
}

/** B12 → 1 */
function columnOf(place: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(place ?? '')?.[0];
  if (letters === undefined) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
