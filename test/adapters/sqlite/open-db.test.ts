import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isBusy, isDiskFault, openDb } from '../../../server/adapters/sqlite/open-db.ts';

describe('openDb', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'wenbida-db-'));
  });
  afterEach(() => {
    chmodSync(dir, 0o700);
    rmSync(dir, { recursive: true, force: true });
  });

  test('makes the folder, keeps what was written and reads it back after reopening', () => {
    const path = join(dir, 'a', 'b', 'posts.db');
    const db = openDb(path);
    db.exec('CREATE TABLE word (text TEXT NOT NULL)');
    db.prepare('INSERT INTO word VALUES (?)').run('停水');
    db.close();
    db.close();
    const again = openDb(path, { readOnly: true });
    expect(again.prepare<{ text: string }>('SELECT text FROM word').all()).toEqual([{ text: '停水' }]);
    expect(() => again.exec("INSERT INTO word VALUES ('x')")).toThrow(/readonly/);
    again.close();
  });

  test('writes ahead, and syncs as asked', () => {
    const full = openDb(join(dir, 'full.db'));
    const normal = openDb(join(dir, 'normal.db'), { synchronous: 'NORMAL' });
    expect(full.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(full.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(normal.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 1 });
    full.close();
    normal.close();
  });

  test('a transaction that throws leaves nothing behind and can be followed by another', () => {
    const db = openDb(':memory:');
    db.exec('CREATE TABLE n (v INTEGER)');
    const add = db.prepare('INSERT INTO n VALUES (?)');
    expect(() =>
      db.transaction(() => {
        add.run(1);
        throw new Error('stop here');
      }),
    ).toThrow('stop here');
    expect(db.transaction(() => add.run(2).changes)).toBe(1);
    expect(db.prepare('SELECT v FROM n').all()).toEqual([{ v: 2 }]);
    db.close();
  });

  test('a full disk is told from a wrong statement', () => {
    const db = openDb(join(dir, 'small.db'));
    db.exec('CREATE TABLE t (v TEXT); PRAGMA max_page_count = 4');
    const fill = () => db.transaction(() => db.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(100_000)));
    expect(fill).toThrow(/full/);
    expect(isDiskFault(thrownBy(fill))).toBe(true);
    expect(isDiskFault(thrownBy(() => db.exec('SELECT nonsense')))).toBe(false);
    db.close();
  });

  test('a file held by another connection is told as busy', () => {
    const path = join(dir, 'held.db');
    const holder = openDb(path);
    holder.exec('CREATE TABLE t (v TEXT); BEGIN IMMEDIATE');
    const other = openDb(path, { busyTimeoutMs: 1 });
    expect(isBusy(thrownBy(() => other.exec("INSERT INTO t VALUES ('x')")))).toBe(true);
    holder.exec('ROLLBACK');
    holder.close();
    other.close();
  });

  test('a file that is no database is refused by name', () => {
    const path = join(dir, 'letter.db');
    writeFileSync(path, 'Dear reader, this is a letter and not a database at all. '.repeat(40));
    expect(() => openDb(path)).toThrow(/letter\.db can't be used as a database/);
  });
});

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('expected it to throw');
}
