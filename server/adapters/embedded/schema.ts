import type { Db } from '../sqlite/open-db.ts';

/** Grows with every change of the tables below. */
const LAYOUT = 1;

/**
 * `post` holds what readers get back; `word` is the full-text index over the cut words and stores no text of its own.
 * Words come in lower case between single spaces (search-words.ts), so the plainest tokeniser is enough: it ends a word at a
 * space, given that all other signs of ASCII are named as part of words.
 * `grp` is null where the post is the first of its text: half of all rows need no second 64-character id then.
 */
const TABLES = `
  CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS post (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    time INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    region TEXT,
    grp TEXT,
    sentiment TEXT NOT NULL,
    need TEXT,
    platform TEXT NOT NULL,
    kind TEXT NOT NULL,
    mood TEXT NOT NULL,
    rumor REAL NOT NULL,
    needs_check INTEGER NOT NULL,
    urgent INTEGER NOT NULL,
    author_kind TEXT,
    source TEXT NOT NULL,
    duty TEXT NOT NULL,
    likes INTEGER NOT NULL,
    comments INTEGER NOT NULL,
    reposts INTEGER NOT NULL,
    views INTEGER NOT NULL,
    region_name TEXT,
    title TEXT,
    url TEXT,
    text TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS post_by_time ON post (time, id);
  CREATE INDEX IF NOT EXISTS post_by_region ON post (region, time) WHERE region IS NOT NULL;
  CREATE VIRTUAL TABLE IF NOT EXISTS word USING fts5 (
    words, content = '', contentless_delete = 1, detail = none,
    tokenize = "ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\\]^_\`{|}~'"
  );
`;

/** Makes the tables where there are none. @throws Error where the file was written by a later version. */
export function layOut(db: Db): void {
  const version = db.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0;
  if (version > LAYOUT) {
    throw new Error(`the store was written by a later version (layout ${version}, this one knows ${LAYOUT}): upgrade`);
  }
  if (version === LAYOUT) return;
  db.transaction(() => {
    db.exec(TABLES);
    db.exec(`PRAGMA user_version = ${LAYOUT}`);
  });
}
