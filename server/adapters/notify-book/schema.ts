import type { Db } from '../sqlite/open-db.ts';

/** What each version added; a version that was released is never edited. */
const STEPS = [
  `
CREATE TABLE channel (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, about TEXT NOT NULL, sealed TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE delivery (n INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT NOT NULL,
  nth INTEGER NOT NULL, notice TEXT NOT NULL, state TEXT NOT NULL, enqueued INTEGER NOT NULL, due INTEGER NOT NULL,
  held INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, last INTEGER, because TEXT NOT NULL, stands_for TEXT,
  passed INTEGER NOT NULL DEFAULT 0, UNIQUE (event, channel));
CREATE INDEX delivery_by_channel ON delivery (channel, state, due);
CREATE INDEX delivery_by_thread ON delivery (channel, thread, n);
CREATE INDEX delivery_by_state ON delivery (state, passed, enqueued);
CREATE TABLE attempt (n INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL, at INTEGER NOT NULL, deliveries TEXT NOT NULL,
  outcome TEXT, says TEXT NOT NULL DEFAULT '');
CREATE INDEX attempt_by_channel ON attempt (channel, at);
CREATE TABLE cursor (name TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE mute (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL, until INTEGER NOT NULL, ended_at INTEGER, ended_by TEXT);
CREATE TRIGGER mute_kept BEFORE DELETE ON mute BEGIN SELECT RAISE(ABORT, 'a mute is never removed: end it'); END;
CREATE TABLE shift (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL);
CREATE TABLE rules (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL);
CREATE TABLE call (n INTEGER PRIMARY KEY AUTOINCREMENT, incident TEXT NOT NULL, at INTEGER NOT NULL, act TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX call_by_incident ON call (incident, n);
CREATE INDEX call_by_act ON call (act, at);
CREATE TRIGGER call_stays BEFORE UPDATE ON call BEGIN SELECT RAISE(ABORT, 'what happened is never changed'); END;
CREATE TABLE timer (incident TEXT PRIMARY KEY, step INTEGER NOT NULL, due INTEGER NOT NULL) WITHOUT ROWID;
`,
] as const;

/** Makes the tables that are not there yet. @throws Error where a later program wrote the file */
export function prepareNotifyBook(db: Db): void {
  const versionOf = (): number =>
    Number(db.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0);
  if (versionOf() > STEPS.length)
    throw new Error(`its layout is version ${versionOf()}, this program knows version ${STEPS.length}; update it`);
  if (versionOf() === STEPS.length) return;
  db.transaction(() => {
    // Asked again: another process may have been first, while this one waited for the file.
    for (const step of STEPS.slice(versionOf())) db.exec(step);
    db.exec(`PRAGMA user_version = ${STEPS.length}`);
  });
}
