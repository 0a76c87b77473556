import type { RawRow, SourceMoments } from '../ports/source.ts';
import { SourceFault } from './bytes.ts';
import { readerNamed } from './detect.ts';
import { FORMAT_NAMES } from './format.ts';
import type { About, Candidate, Fields, Format, FormatReader, RowReader, TableShape } from './format.ts';

/** What the reading of one file knows throughout. */
export interface ReadContext {
  readonly path: string;
  readonly mapped: readonly FormatReader[];
  readonly moments: SourceMoments;
  /** Epoch ms. */
  readonly now: number;
}

export const aboutOf = ({ path, moments, now }: ReadContext, table: TableShape, members?: Fields): About => ({
  path,
  table,
  now,
  ...moments,
  members,
});

/** @throws SourceFault where the format has no reader for what the file holds */
export function readerFor(format: Format, about: About, mapped: readonly FormatReader[]): RowReader {
  const read = readerNamed(format, mapped)?.readerOf(about);
  if (read !== undefined) return read;
  const columns = about.table.columns.slice(0, 12).join('、');
  throw new SourceFault(
    `文件 ${about.path} 不能按 ${FORMAT_NAMES[format]} 读：没有需要的字段（有 ${columns || '无'}）`,
  );
}

/** Kinds of rows whose reader is remembered; what a file makes up beyond them is read as its first rows are. */
const MOST_KINDS = 64;

/**
 * Reads each row by its own keys: one file of JSON may hold contents and comments, one below the other. A row whose keys say nothing
 * by themselves is read as the table as a whole is. @throws SourceFault where that has no reader
 */
export function readerOfEach(format: Format, about: About, mapped: readonly FormatReader[]): RowReader {
  const usual = readerFor(format, about, mapped);
  const reader = readerNamed(format, mapped);
  const known = new Map<string, RowReader>();
  return (fields) => {
    const columns = Object.keys(fields);
    const kind = columns.join('\n');
    let read = known.get(kind);
    if (read === undefined && known.size < MOST_KINDS) {
      read = reader?.readerOf({ ...about, table: { ...about.table, columns } }) ?? usual;
      known.set(kind, read);
    }
    return (read ?? usual)(fields);
  };
}

/** A row whose value is an object as the posts that are in it; another value is a broken row. */
export function* readValue(row: RawRow, read: RowReader, moments: SourceMoments): Generator<RawRow> {
  if ('broken' in row) {
    yield row;
    return;
  }
  const { value } = row;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    yield { row: row.row, broken: '这一条应为一个 JSON 对象', raw: row.raw };
    return;
  }
  for (const made of read(value as Fields)) yield rowOf(row, made, moments);
}

/** The row that a candidate makes. */
export function rowOf(
  from: { readonly row: number; readonly raw: string },
  made: Candidate,
  moments: SourceMoments,
): RawRow {
  if ('broken' in made) return { row: from.row, broken: made.broken, raw: from.raw };
  return {
    row: from.row,
    value: made.value,
    repairs: made.repairs,
    moments,
    // Only a refused row is ever kept, so its text is made when it is asked for.
    get raw() {
      return from.raw;
    },
  };
}
