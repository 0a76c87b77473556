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

/** Version 2: letters are kept once and counted, and who wrote what is known for as long as that can be asked. */
const SECOND = `
ALTER TABLE dead ADD COLUMN same TEXT;
ALTER TABLE dead ADD COLUMN times INTEGER NOT NULL DEFAULT 1;
CREATE UNIQUE INDEX dead_same ON dead (same);
CREATE TABLE written (n INTEGER PRIMARY KEY, seen INTEGER NOT NULL, author TEXT NOT NULL, post BLOB NOT NULL);
CREATE TABLE lost (one INTEGER PRIMARY KEY CHECK (one = 1), letters INTEGER NOT NULL);
`;
const VERSION = 2;

/** Makes what is missing. The version is refused where a later program wrote it. */
export function prepareInbox(db: Db): void {
  const version = Number(db.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0);
  if (version > VERSION)
    throw new Error(`its layout is version ${version}, this program knows version ${VERSION}; update it`);
  if (version === VERSION) return;
  db.transaction(() => {
    if (version === 0) {
      db.exec(SCHEMA);
      const insert = db.prepare('INSERT OR IGNORE INTO consumers(name, passed) VALUES (?, 0)');
      for (const consumer of CONSUMERS) insert.run(consumer);
    }
    db.exec(SECOND);
    db.exec(`PRAGMA user_version = ${VERSION}`);
  });
}
