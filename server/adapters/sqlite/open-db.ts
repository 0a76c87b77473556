import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * One way to open a SQLite file, for every adapter that keeps files. This folder is the one exception to the law that no
 * adapter imports another: inbox, desk and embedded post store would otherwise each carry the same switch between
 * Node's own SQLite and the package that brings it to Node 20.
 */

export type SqlValue = null | number | bigint | string | Uint8Array;
export type Row = Record<string, SqlValue>;

export interface Statement<R = Row> {
  run(...values: SqlValue[]): { readonly changes: number | bigint; readonly lastInsertRowid: number | bigint };
  get(...values: SqlValue[]): R | undefined;
  all(...values: SqlValue[]): R[];
  iterate(...values: SqlValue[]): IterableIterator<R>;
}

export interface Db {
  /** Runs statements that answer nothing. */
  exec(sql: string): void;
  /** `R` is the caller's word for the shape of a row; SQLite does not check it. */
  prepare<R = Row>(sql: string): Statement<R>;
  /** All or nothing: BEGIN IMMEDIATE, then COMMIT, or ROLLBACK where `work` throws. Not to be nested. */
  transaction<T>(work: () => T): T;
  /** Does nothing the second time. */
  close(): void;
}

export interface DbOptions {
  /** FULL (default): a commit survives a power cut. NORMAL: it survives a killed process; the last ones may be lost in a power cut. */
  readonly synchronous?: 'FULL' | 'NORMAL';
  /** Page cache, default 4096 KiB. */
  readonly cacheKiB?: number;
  /** How long a statement waits for another process's write, default 5000. */
  readonly busyTimeoutMs?: number;
  /** Fails where the file is absent, and on every write. */
  readonly readOnly?: boolean;
}

interface Engine {
  exec(sql: string): void;
  prepare(sql: string): Statement<unknown>;
  close(): void;
}
type EngineConstructor = new (path: string, options: { readOnly: boolean }) => Engine;

const isEngineModule = (module: unknown): module is { readonly DatabaseSync: EngineConstructor } =>
  typeof module === 'object' && module !== null && 'DatabaseSync' in module;

// Node 22.13 and later carry SQLite; the package has the same interface and is loaded only where Node has none.
const builtIn: unknown = process.getBuiltinModule('node:sqlite');
const loaded: unknown = isEngineModule(builtIn) ? builtIn : await import('@photostructure/sqlite');

/** Opens a file in WAL mode, making its folder where there is none. `:memory:` is taken too. */
export function openDb(path: string, options: DbOptions = {}): Db {
  const { synchronous = 'FULL', cacheKiB = 4096, busyTimeoutMs = 5000, readOnly = false } = options;
  if (!isEngineModule(loaded)) throw new Error('no SQLite engine: reinstall with npm ci, or use Node 22.13 or later');
  if (path !== ':memory:' && !readOnly) mkdirSync(dirname(path), { recursive: true });
  const engine = openEngine(loaded.DatabaseSync, path, readOnly);
  try {
    engine.exec(`PRAGMA busy_timeout = ${Math.trunc(busyTimeoutMs)}`);
    if (!readOnly) engine.exec('PRAGMA journal_mode = WAL');
    engine.exec(`PRAGMA synchronous = ${synchronous}; PRAGMA cache_size = -${Math.trunc(cacheKiB)}`);
    // After a checkpoint the log is cut back to this, so that one large transaction does not keep its disk for ever.
    engine.exec('PRAGMA journal_size_limit = 67108864; PRAGMA foreign_keys = ON');
  } catch (cause) {
    engine.close();
    throw new Error(`${path} can't be used as a database: ${reasonOf(cause)}`, { cause });
  }
  let open = true;
  return {
    exec: (sql) => engine.exec(sql),
    prepare: <R>(sql: string) => engine.prepare(sql) as Statement<R>,
    transaction(work) {
      engine.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        engine.exec('COMMIT');
        return result;
      } catch (error) {
        rollBack(engine, error);
        throw error;
      }
    },
    close() {
      if (!open) return;
      open = false;
      engine.close();
    },
  };
}

function openEngine(Database: EngineConstructor, path: string, readOnly: boolean): Engine {
  try {
    return new Database(path, { readOnly });
  } catch (cause) {
    throw new Error(`${path} can't be opened as a database: ${reasonOf(cause)}`, { cause });
  }
}

function rollBack(engine: Engine, because: unknown): void {
  try {
    engine.exec('ROLLBACK');
  } catch (error) {
    // A full disk makes SQLite roll back by itself, and then there is nothing left to undo.
    if (!reasonOf(error).includes('no transaction is active')) {
      throw new AggregateError([because, error], 'a failed transaction could not be rolled back', { cause: error });
    }
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** SQLITE_READONLY, IOERR, FULL, CANTOPEN: the primary result codes that mean the disk, not the statement. */
const DISK_CODES: ReadonlySet<number> = new Set([8, 10, 13, 14]);
const BUSY_CODES: ReadonlySet<number> = new Set([5, 6]);

/** True where the disk is full, read-only, gone or failing. Looks through `cause`. */
export const isDiskFault = (error: unknown): boolean => hasCode(error, DISK_CODES);

/** True where another process held the file for longer than the busy timeout. Looks through `cause`. */
export const isBusy = (error: unknown): boolean => hasCode(error, BUSY_CODES);

function hasCode(error: unknown, codes: ReadonlySet<number>): boolean {
  if (!(error instanceof Error)) return false;
  // The low byte is the primary code, the rest says which kind.
  if ('errcode' in error && typeof error.errcode === 'number' && codes.has(error.errcode & 0xff)) return true;
  return hasCode(error.cause, codes);
}
