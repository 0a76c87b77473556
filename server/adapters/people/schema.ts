/** People and how they sign in. Of every token only its hash. */
export const TABLES = `
  CREATE TABLE IF NOT EXISTS person (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE, roles TEXT NOT NULL, regions TEXT NOT NULL,
    account TEXT, enabled INTEGER NOT NULL, created_at INTEGER NOT NULL, granted_alone INTEGER NOT NULL,
    password TEXT, password_at INTEGER, totp TEXT, totp_step INTEGER NOT NULL DEFAULT 0);
  CREATE TABLE IF NOT EXISTS asked_grant (
    id INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT NOT NULL REFERENCES person (id), roles TEXT NOT NULL,
    regions TEXT NOT NULL, account TEXT, asker TEXT NOT NULL, at INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS session (
    hash TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES person (id), opened_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS session_of ON session (person);
  CREATE TABLE IF NOT EXISTS display (
    id INTEGER PRIMARY KEY AUTOINCREMENT, hash TEXT NOT NULL UNIQUE, name TEXT NOT NULL, region TEXT NOT NULL,
    created_at INTEGER NOT NULL, last_at INTEGER);
  CREATE TABLE IF NOT EXISTS invitation (hash TEXT PRIMARY KEY, person TEXT, until INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS try (key TEXT NOT NULL, at INTEGER NOT NULL);
  CREATE INDEX IF NOT EXISTS try_by_key ON try (key, at);
  CREATE TRIGGER IF NOT EXISTS person_stays BEFORE DELETE ON person
    BEGIN SELECT RAISE(ABORT, 'a person is never removed: disable them'); END;
`;
