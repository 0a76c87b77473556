import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileRows, type FileOptions } from '../../pipelines/0-source/file.ts';
import type { Detected } from '../../pipelines/0-source/format.ts';
import { parse } from '../../pipelines/1-intake/parse.ts';
import type { Post } from '../../pipelines/domain/post.ts';
import type { RepairKind } from '../../pipelines/domain/repair.ts';
import { postIdOf } from '../../server/adapters/inbox/post-id.ts';
import { openDb, type SqlValue } from '../../server/adapters/sqlite/open-db.ts';
import { fileTools } from '../../server/file-tools.ts';

/** When the tests' files are read: 23 November 2026, 20:00 in Shanghai. */
export const NOW = Date.parse('2026-11-23T12:00:00Z');

export interface ReadRow {
  readonly row: number;
  readonly post?: Post;
  readonly because?: string;
  readonly repairs: readonly RepairKind[];
}

export interface ReadFile {
  readonly detected: Detected | undefined;
  readonly ignored: readonly string[];
  readonly rows: readonly ReadRow[];
  readonly posts: readonly Post[];
}

/** A file as reader and intake see it, up to where it would be kept. */
export async function readFile(path: string, options: FileOptions = {}): Promise<ReadFile> {
  let detected: Detected | undefined;
  const ignored: string[] = [];
  const rows: ReadRow[] = [];
  const read = fileRows(path, {
    ...fileTools,
    now: NOW,
    onDetected: (found) => (detected = found),
    onIgnored: (_, names) => ignored.push(...names),
    ...options,
  });
  for await (const row of read) {
    if ('broken' in row) {
      rows.push({ row: row.row, because: row.broken, repairs: [] });
      continue;
    }
    const parsed = parse(row.value, { source: '测试', now: options.now ?? NOW, postId: postIdOf, ...row.moments });
    if ('because' in parsed) rows.push({ row: row.row, because: parsed.because, repairs: [] });
    else {
      const repairs = [...(row.repairs ?? []), ...parsed.repairs].map(({ kind }) => kind);
      rows.push({ row: row.row, post: parsed.post, repairs });
    }
  }
  return { detected, ignored, rows, posts: rows.flatMap(({ post }) => post ?? []) };
}

/** Writes a file below a folder, making the folders between. */
export function write(dir: string, name: string, content: string | Uint8Array): string {
  const path = join(dir, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const cell = (value: unknown): string => {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** CSV as crawlers write it: with a mark, lines ended by \r\n. */
export const csvOf = (columns: readonly string[], ...rows: readonly (readonly unknown[])[]): string =>
  `\uFEFF${[columns, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;

/** A SQLite file of tables; every column is of the type its first value has. */
export function writeSqlite(
  dir: string,
  name: string,
  tables: Readonly<Record<string, { readonly columns: readonly string[]; readonly rows: readonly SqlValue[][] }>>,
): string {
  const path = join(dir, name);
  const db = openDb(path);
  for (const [table, { columns, rows }] of Object.entries(tables)) {
    const named = columns.map((column) => `"${column}"`).join(', ');
    db.exec(`CREATE TABLE "${table}" (${named})`);
    const insert = db.prepare(`INSERT INTO "${table}" VALUES (${columns.map(() => '?').join(', ')})`);
    for (const row of rows) insert.run(...row);
  }
  db.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE');
  db.close();
  return path;
}
