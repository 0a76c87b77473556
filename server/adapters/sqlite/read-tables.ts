import { existsSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Table, TableFile, TableRow } from '../../../pipelines/ports/source.ts';
import { openDb } from './open-db.ts';
import type { Db } from './open-db.ts';

/** A row with more than this in it is refused with its number, and never held. */
const LARGEST_ROW = 10 * 1024 * 1024;
const MOST_TABLES = 500;
const MOST_COLUMNS = 500;
const RAW = 64 * 1024;
/** No column of a crawler is called this. */
const SIZE = '"octets of the row"';

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * A SQLite file that a crawler wrote, as its tables (views and triggers are not looked at). Never written to: opened immutable, or
 * read-only where it has a journal whose rows would else be missed. Whole numbers come as digits, since ids are larger than a
 * JavaScript number holds.
 * @throws Error naming the file and the remedy
 */
export function readSqlite(path: string): Promise<TableFile> {
  const journal = [`${path}-wal`, `${path}-journal`].some((beside) => existsSync(beside) && statSync(beside).size > 0);
  const db = openDb(journal ? path : `${pathToFileURL(path).href}?immutable=1`, { readOnly: true, cacheKiB: 2048 });
  try {
    db.exec('PRAGMA trusted_schema = OFF; PRAGMA query_only = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0');
    const names = db
      .prepare<{ name: string }>(
        `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' LIMIT ${MOST_TABLES}`,
      )
      .all();
    const tables = names.map(({ name }) => tableOf(db, name));
    return Promise.resolve({
      tables,
      close() {
        db.close();
        return Promise.resolve();
      },
    });
  } catch (cause) {
    db.close();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`不是可以读的 SQLite 文件（${why}），请确认采集器已停止并重新复制`, { cause });
  }
}

function tableOf(db: Db, name: string): Table {
  const columns = db
    .prepare<{ name: string }>(`PRAGMA table_info(${quoted(name)})`)
    .all()
    .map((column) => column.name);
  return {
    name,
    columns,
    async *rows() {
      if (columns.length === 0 || columns.length > MOST_COLUMNS) return;
      // The sizes of what is stored are known without reading it.
      const size = columns.map((column) => `coalesce(octet_length(${quoted(column)}), 0)`).join(' + ');
      const cells = columns.map((column, at) => {
        const cell = quoted(column);
        return `CASE WHEN ${SIZE} > ${LARGEST_ROW} THEN NULL WHEN typeof(${cell}) = 'integer' THEN CAST(${cell} AS TEXT) ELSE ${cell} END AS c${at}`;
      });
      const all = db.prepare<Record<string, string | number | Uint8Array | null>>(
        `SELECT ${SIZE} AS size, ${cells.join(', ')} FROM (SELECT *, ${size} AS ${SIZE} FROM ${quoted(name)})`,
      );
      let row = 0;
      for (const read of all.iterate()) {
        row++;
        yield await Promise.resolve(rowOf(row, read, columns));
      }
    },
  };
}

function rowOf(row: number, read: Record<string, unknown>, columns: readonly string[]): TableRow {
  if (Number(read['size']) > LARGEST_ROW) return { row, broken: '这一行超过 10 MB，不像是帖文', raw: '' };
  const cells = columns.map((_, at) => {
    const cell = read[`c${at}`];
    return cell instanceof Uint8Array ? new TextDecoder().decode(cell) : cell;
  });
  return {
    row,
    cells,
    get raw() {
      return JSON.stringify(Object.fromEntries(columns.map((column, at) => [column, cells[at]]))).slice(0, RAW);
    },
  };
}
