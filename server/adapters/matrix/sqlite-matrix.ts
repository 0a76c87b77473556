import { isDeepStrictEqual } from 'node:util';
import type { Account } from '../../../pipelines/domain/account.ts';
import type { MatrixChange } from '../../../pipelines/domain/matrix-change.ts';
import type { MatrixOrigin, MatrixStore } from '../../../pipelines/ports/matrix-store.ts';
import { openDb, type Db } from '../sqlite/open-db.ts';

/** The triggers hold the promise that changes are only ever added, also against a later mistake in this program. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS change (
    n INTEGER PRIMARY KEY, batch INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL, why TEXT NOT NULL,
    account TEXT NOT NULL, was TEXT, now TEXT);
  CREATE INDEX IF NOT EXISTS change_by_account ON change (account, n);
  CREATE INDEX IF NOT EXISTS change_by_batch ON change (batch);
  CREATE TABLE IF NOT EXISTS origin (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL);
  CREATE TRIGGER IF NOT EXISTS change_stays BEFORE UPDATE ON change
    BEGIN SELECT RAISE(ABORT, 'a change of the matrix is never edited: add another'); END;
  CREATE TRIGGER IF NOT EXISTS change_kept BEFORE DELETE ON change
    BEGIN SELECT RAISE(ABORT, 'a change of the matrix is never removed: add another'); END;
`;

type Row = {
  n: number;
  batch: number;
  at: number;
  by: string;
  why: string;
  account: string;
  was: string | null;
  now: string | null;
};

const accountOf = (body: string | null): Account | null => (body === null ? null : (JSON.parse(body) as Account));
const changeOf = (row: Row): MatrixChange => ({ ...row, was: accountOf(row.was), now: accountOf(row.now) });
const bodyOf = (account: Account | null): string | null => (account === null ? null : JSON.stringify(account));

/** The matrix in one SQLite file. @throws Error where the file can't be opened. */
export function openMatrix(path: string): MatrixStore {
  const db: Db = openDb(path, { synchronous: 'FULL', cacheKiB: 1024 });
  db.exec(SCHEMA);
  const newest = db.prepare<{ n: number | null }>('SELECT max(n) AS n FROM change');
  const since = db.prepare<Row>('SELECT * FROM change WHERE n > ? ORDER BY n');
  const put = db.prepare(
    'INSERT INTO change (n, batch, at, by, why, account, was, now) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const latest = db.prepare<Row>('SELECT * FROM change WHERE account = ? ORDER BY n DESC LIMIT 1');
  const lastReal = db.prepare<Row>(
    'SELECT * FROM change WHERE account = ? AND now IS NOT NULL ORDER BY n DESC LIMIT 1',
  );
  const inForce = db.prepare<{ now: string }>(
    'SELECT now FROM change WHERE n IN (SELECT max(n) FROM change WHERE at <= ? GROUP BY account) AND now IS NOT NULL ORDER BY account',
  );
  const history = db.prepare<Row>('SELECT * FROM change WHERE account = ? ORDER BY n DESC');
  const page = db.prepare<Row>('SELECT * FROM change WHERE n < ? ORDER BY n DESC LIMIT ?');
  const together = db.prepare<Row>('SELECT * FROM change WHERE batch = ? ORDER BY n');
  const getOrigin = db.prepare<{ body: string }>('SELECT body FROM origin');
  const putOrigin = db.prepare(
    'INSERT INTO origin (one, body) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET body = excluded.body',
  );
  const last = (): number => newest.get()?.n ?? 0;

  return {
    change(expected, { changes, at, by, why }, origin) {
      return db.transaction(() => {
        const from = last();
        if (from !== expected) return { meanwhile: since.all(expected).map(changeOf) };
        const kept: MatrixChange[] = [];
        for (const one of changes) {
          const account = 'put' in one ? one.put.id : one.retire;
          const was = accountOf(latest.get(account)?.now ?? null);
          const now = 'put' in one ? one.put : null;
          // A round trip, so that what is compared is what would be kept.
          if (isDeepStrictEqual(was, accountOf(bodyOf(now)))) continue;
          kept.push({ n: from + kept.length + 1, batch: from + 1, at, by, why, account, was, now });
          put.run(from + kept.length, from + 1, at, by, why, account, bodyOf(was), bodyOf(now));
        }
        if (origin !== undefined) putOrigin.run(JSON.stringify(origin));
        return { kept };
      });
    },
    last,
    accounts: (at = Number.MAX_SAFE_INTEGER) => inForce.all(at).map(({ now }) => JSON.parse(now) as Account),
    known: (id) => accountOf(lastReal.get(id)?.now ?? null) ?? undefined,
    history: (id) => history.all(id).map(changeOf),
    changes: ({ limit, before = Number.MAX_SAFE_INTEGER }) => page.all(before, limit).map(changeOf),
    batch: (n) => together.all(n).map(changeOf),
    origin() {
      const body = getOrigin.get()?.body;
      return body === undefined ? undefined : (JSON.parse(body) as MatrixOrigin);
    },
    close: () => db.close(),
  };
}
