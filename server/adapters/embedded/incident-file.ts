import type { IncidentDocument } from '../../../pipelines/domain/incident-document.ts';
import { searchWords } from '../../../pipelines/domain/search-words.ts';
import type { CandidateQuery, IncidentStore } from '../../../pipelines/ports/incident-store.ts';
import { StampMismatch, StoreUnavailable } from '../../../pipelines/ports/post-store.ts';
import { isBusy, isDiskFault, openDb, type Db, type SqlValue } from '../sqlite/open-db.ts';
import { rangeOf } from './terms.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS incident (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    region TEXT,
    opened_at INTEGER NOT NULL,
    merged INTEGER NOT NULL,
    body TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS incident_by_revision ON incident (revision);
  CREATE TABLE IF NOT EXISTS sign (sign TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (sign, n)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS sign_by_incident ON sign (n);
`;

/** Words, the kind and the duties as one list, told apart by their first character. */
const signsOf = (words: readonly string[], kind: string, duty: readonly string[]): string[] => [
  ...new Set([...words.map((word) => `w${word}`), `k${kind}`, ...duty.map((one) => `d${one}`)]),
];

/** IncidentStore in one SQLite file. Incidents are few, so it is asked on the caller's own thread: no answer takes longer than it would take to send. */
export function openIncidentFile(path: string): IncidentStore {
  let opened: ReturnType<typeof tablesIn> | undefined;
  const tables = (): ReturnType<typeof tablesIn> => {
    if (opened === undefined) throw new StoreUnavailable('the incidents are not open yet: call open(stamp) first');
    return opened;
  };
  return {
    name: 'embedded',
    open: (stamp, another = 'empty') =>
      guarded(path, () => {
        opened ??= tablesIn(openDb(path, { synchronous: 'NORMAL', cacheKiB: 2048 }));
        opened.useStamp(stamp, another === 'empty');
      }),
    put: (documents) => guarded(path, () => tables().put(documents)),
    position: () => guarded(path, () => tables().position()),
    candidates: (query) => guarded(path, () => tables().candidates(query)),
    count: () => guarded(path, () => tables().count()),
    async close() {
      opened?.close();
      opened = undefined;
    },
  };
}

async function guarded<T>(path: string, work: () => T): Promise<T> {
  try {
    return work();
  } catch (error) {
    if (!isDiskFault(error) && !isBusy(error)) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new StoreUnavailable(`${path} can't be used (${message})`, { cause: error });
  }
}

function tablesIn(db: Db) {
  db.exec(SCHEMA);
  const stamped = db.prepare<{ value: string }>("SELECT value FROM about WHERE name = 'stamp'");
  const putStamp = db.prepare(
    "INSERT INTO about VALUES ('stamp', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  );
  const held = db.prepare<{ n: number; revision: number }>('SELECT n, revision FROM incident WHERE id = ?');
  const drop = db.prepare('DELETE FROM incident WHERE n = ?');
  const dropSigns = db.prepare('DELETE FROM sign WHERE n = ?');
  const put = db.prepare(
    'INSERT INTO incident (id, revision, region, opened_at, merged, body) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const putSign = db.prepare('INSERT INTO sign (sign, n) VALUES (?, ?)');
  const highest = db.prepare<{ revision: number | null }>('SELECT max(revision) AS revision FROM incident');
  const counted = db.prepare<{ n: number }>('SELECT count(*) AS n FROM incident');

  return {
    useStamp(stamp: string, mayEmpty: boolean): void {
      db.transaction(() => {
        const found = stamped.get()?.value;
        if (found === stamp) return;
        if (found !== undefined && !mayEmpty)
          throw new StampMismatch(
            `the incidents were indexed with the tokeniser ${found}, this one is ${stamp}: start the server once`,
          );
        db.exec('DELETE FROM incident; DELETE FROM sign;');
        putStamp.run(stamp);
      });
    },
    put(documents: readonly IncidentDocument[]): void {
      db.transaction(() => {
        for (const document of documents) {
          const before = held.get(document.id);
          if (before !== undefined && before.revision > document.revision) continue;
          if (before !== undefined) {
            dropSigns.run(before.n);
            drop.run(before.n);
          }
          const { id, revision, region, openedAt, state, words, kind, duty } = document;
          const merged = state === 'merged' ? 1 : 0;
          const { lastInsertRowid } = put.run(id, revision, region, openedAt, merged, JSON.stringify(document));
          const list = words === '' ? [] : words.split(' ');
          for (const sign of signsOf(list, kind, duty)) putSign.run(sign, lastInsertRowid);
        }
      });
    },
    position: () => highest.get()?.revision ?? 0,
    candidates({ words, kind, duty, within, scope, before, limit }: CandidateQuery): readonly IncidentDocument[] {
      const conditions = ['merged = 0', 'opened_at < ?'];
      const values: SqlValue[] = [JSON.stringify(signsOf(searchWords(words), kind, duty)), before];
      if (within !== null) {
        conditions.push('region >= ? AND region < ?');
        values.push(...rangeOf(within));
      }
      if (scope.regions !== 'all') {
        const seen = [
          ...scope.regions.map(() => '(region >= ? AND region < ?)'),
          'id IN (SELECT value FROM json_each(?))',
        ];
        conditions.push(`(${seen.join(' OR ')})`);
        values.push(...scope.regions.flatMap(rangeOf), JSON.stringify([...scope.incidents]));
      }
      const asked = db.prepare<{ body: string }>(
        `SELECT body FROM (
           SELECT n, count(*) AS signs FROM sign WHERE sign IN (SELECT value FROM json_each(?)) GROUP BY n
         ) JOIN incident USING (n) WHERE ${conditions.join(' AND ')} ORDER BY signs DESC, opened_at DESC, id LIMIT ${Math.trunc(limit)}`,
      );
      return asked.all(...values).map(({ body }) => JSON.parse(body) as IncidentDocument);
    },
    count: () => counted.get()?.n ?? 0,
    close: () => db.close(),
  };
}
