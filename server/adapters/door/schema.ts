import type { Db } from '../sqlite/open-db.ts';

/** What each version added; a version that was released is never edited. */
const STEPS = [
  `
CREATE TABLE source (name TEXT PRIMARY KEY, way TEXT NOT NULL, place TEXT, format TEXT, cadence INTEGER, region TEXT,
  caps TEXT NOT NULL, created INTEGER NOT NULL, paused INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE beat (name TEXT PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL, lag INTEGER) WITHOUT ROWID;
CREATE TABLE minute (name TEXT NOT NULL, at INTEGER NOT NULL, rows INTEGER NOT NULL, rejected INTEGER NOT NULL,
  PRIMARY KEY (name, at)) WITHOUT ROWID;
CREATE TABLE visit (name TEXT NOT NULL, began INTEGER NOT NULL, ended INTEGER NOT NULL, PRIMARY KEY (name, began)) WITHOUT ROWID;
CREATE TABLE repair (name TEXT NOT NULL, kind TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (name, kind)) WITHOUT ROWID;
CREATE TABLE silence (id INTEGER PRIMARY KEY, source TEXT NOT NULL, since INTEGER NOT NULL, noticed INTEGER NOT NULL,
  usual INTEGER NOT NULL, ended INTEGER);
CREATE UNIQUE INDEX silence_open ON silence (source) WHERE ended IS NULL;
CREATE TABLE counted (post BLOB NOT NULL, at INTEGER NOT NULL, likes INTEGER, comments INTEGER, reposts INTEGER, views INTEGER,
  PRIMARY KEY (post, at)) WITHOUT ROWID;
CREATE TABLE due (post BLOB PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX due_by_time ON due (since);
CREATE TABLE checkpoint (source TEXT NOT NULL, path TEXT NOT NULL, file TEXT NOT NULL, offset INTEGER NOT NULL, row INTEGER NOT NULL,
  head TEXT NOT NULL, whole TEXT, PRIMARY KEY (source, path)) WITHOUT ROWID;
CREATE INDEX checkpoint_by_file ON checkpoint (source, file);
CREATE TABLE access (n INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, why TEXT NOT NULL, what TEXT NOT NULL,
  subject TEXT NOT NULL);
CREATE TABLE mark (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE held (post TEXT PRIMARY KEY) WITHOUT ROWID;
`,
  `
ALTER TABLE source ADD COLUMN every INTEGER;
CREATE TABLE feed (name TEXT PRIMARY KEY, url TEXT NOT NULL, etag TEXT, modified TEXT, next INTEGER NOT NULL,
  failures INTEGER NOT NULL, trouble TEXT) WITHOUT ROWID;
`,
  `
CREATE TABLE silence_event (seq INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, at INTEGER NOT NULL,
  silence INTEGER NOT NULL, source TEXT NOT NULL, since INTEGER NOT NULL, usual INTEGER NOT NULL);
INSERT INTO silence_event(event, at, silence, source, since, usual)
  SELECT event, at, id, source, since, usual FROM (
    SELECT 'silent' AS event, noticed AS at, * FROM silence
    UNION ALL SELECT 'ended', ended, * FROM silence WHERE ended IS NOT NULL) ORDER BY at;
`,
  `
CREATE TABLE retention_run (n INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, days INTEGER NOT NULL,
  masked INTEGER NOT NULL, held INTEGER NOT NULL, keys INTEGER NOT NULL);
`,
] as const;
const VERSION = STEPS.length;

/** Makes the tables that are not there yet. @throws Error where a later program wrote the file */
export function prepareDoor(db: Db): void {
  const version = versionOf(db);
  if (version > VERSION)
    throw new Error(`its layout is version ${version}, this program knows version ${VERSION}; update it`);
  if (version === VERSION) return;
  db.transaction(() => {
    // Asked again: another process may have been first, while this one waited for the file.
    for (const step of STEPS.slice(versionOf(db))) db.exec(step);
    db.exec(`PRAGMA user_version = ${VERSION}`);
  });
}

const versionOf = (db: Db): number =>
  Number(db.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0);
