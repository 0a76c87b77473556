import type { SettingKind, SettingVersion } from '../../../pipelines/domain/settings.ts';
import type { SettingsBook } from '../../../pipelines/ports/settings-book.ts';
import { openDb, type Db } from '../sqlite/open-db.ts';

/** The triggers hold the promise that versions are only ever added, also against a later mistake in this program. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS version (
    n INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL, why TEXT NOT NULL,
    body TEXT, restores INTEGER);
  CREATE INDEX IF NOT EXISTS version_by_kind ON version (kind, n);
  CREATE TRIGGER IF NOT EXISTS version_stays BEFORE UPDATE ON version
    BEGIN SELECT RAISE(ABORT, 'a version of a setting is never edited: add another'); END;
  CREATE TRIGGER IF NOT EXISTS version_kept BEFORE DELETE ON version
    BEGIN SELECT RAISE(ABORT, 'a version of a setting is never removed: add another'); END;
`;

type Row = {
  n: number;
  kind: string;
  at: number;
  by: string;
  why: string;
  body: string | null;
  restores: number | null;
};
const versionOf = (row: Row): SettingVersion => ({ ...row, kind: row.kind as SettingKind });

/** Versions of settings in one SQLite file. @throws Error where the file can't be opened. */
export function openSettings(path: string): SettingsBook {
  const db: Db = openDb(path, { synchronous: 'FULL', cacheKiB: 512 });
  db.exec(SCHEMA);
  const newest = db.prepare<Row>('SELECT * FROM version WHERE kind = ? ORDER BY n DESC LIMIT 1');
  const page = db.prepare<Row>('SELECT * FROM version WHERE kind = ? ORDER BY n DESC LIMIT ?');
  const one = db.prepare<Row>('SELECT * FROM version WHERE n = ?');
  const put = db.prepare('INSERT INTO version (kind, at, by, why, body, restores) VALUES (?, ?, ?, ?, ?, ?)');
  return {
    keep: (seen, drafts) =>
      db.transaction(() => {
        const kind = drafts[0]?.kind;
        const stands = kind === undefined ? undefined : newest.get(kind);
        if (stands !== undefined && stands.n !== seen) return { meanwhile: versionOf(stands) };
        return {
          kept: drafts.map((draft) => {
            const { lastInsertRowid } = put.run(draft.kind, draft.at, draft.by, draft.why, draft.body, draft.restores);
            return { ...draft, n: Number(lastInsertRowid) };
          }),
        };
      }),
    list: (kind, limit) => page.all(kind, limit).map(versionOf),
    newest(kind) {
      const row = newest.get(kind);
      return row === undefined ? undefined : versionOf(row);
    },
    get(n) {
      const row = one.get(n);
      return row === undefined ? undefined : versionOf(row);
    },
    close: () => db.close(),
  };
}
