import type { Db } from '../sqlite/open-db.ts';
import { CONSUMERS } from '../../../pipelines/ports/inbox.ts';

/**
 * `seen` outlives the rows: a post that left the inbox long ago is still known as a duplicate. `day` is the newest day (epoch
 * days) the inbox had seen when it took the post; ids older than the time ids are remembered are forgotten.
 */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS posts (place INTEGER PRIMARY KEY AUTOINCREMENT, post TEXT NOT NULL, folded TEXT);
CREATE TABLE IF NOT EXISTS seen (id BLOB PRIMARY KEY, day INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS consumers (name TEXT PRIMARY KEY, passed INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sources (
  name TEXT PRIMARY KEY, accepted INTEGER NOT NULL, duplicate INTEGER NOT NULL, rejected INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS dead (
  seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, source TEXT NOT NULL, line INTEGER NOT NULL,
  because TEXT NOT NULL, raw TEXT NOT NULL, door TEXT NOT NULL
);
`;

/** Makes what is missing. The version is refused where a later program wrote it. */
export function prepareInbox(db: Db): void {
  const version = Number(db.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0);
  if (version > 1) throw new Error(`its layout is version ${String(version)}, this program knows version 1; update it`);
  if (version === 1) return;
  db.transaction(() => {
    db.exec(SCHEMA);
    const insert = db.prepare('INSERT OR IGNORE INTO consumers(name, passed) VALUES (?, 0)');
    for (const consumer of CONSUMERS) insert.run(consumer);
    db.exec('PRAGMA user_version = 1');
  });
}
