import type { Refutation } from '../../../pipelines/domain/refutation.ts';
import type { RefutationStore } from '../../../pipelines/ports/refutation-store.ts';
import { openDb, type Db } from '../sqlite/open-db.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS refutation (id TEXT PRIMARY KEY, published_at INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS refutation_by_time ON refutation (published_at);
  CREATE TABLE IF NOT EXISTS revision (one INTEGER PRIMARY KEY CHECK (one = 1), n INTEGER NOT NULL);
  INSERT INTO revision (one, n) VALUES (1, 0) ON CONFLICT DO NOTHING;
`;

const bodyOf = ({ id, claim, verdict, source, url, publishedAt }: Refutation): string =>
  JSON.stringify({ id, claim, verdict, source, ...(url === undefined ? {} : { url }), publishedAt });
const read = ({ body }: { body: string }): Refutation => JSON.parse(body) as Refutation;

/** Published refutations in one SQLite file. @throws Error where the file can't be opened. */
export function openRefutations(path: string): RefutationStore {
  const db: Db = openDb(path, { synchronous: 'FULL', cacheKiB: 1024 });
  db.exec(SCHEMA);
  const get = db.prepare<{ body: string }>('SELECT body FROM refutation WHERE id = ?');
  const put = db.prepare(
    'INSERT INTO refutation (id, published_at, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET published_at = excluded.published_at, body = excluded.body',
  );
  const all = db.prepare<{ body: string }>('SELECT body FROM refutation ORDER BY published_at DESC, id');
  const counted = db.prepare<{ n: number }>('SELECT count(*) AS n FROM refutation');
  const revised = db.prepare<{ n: number }>('SELECT n FROM revision');
  const revise = db.prepare('UPDATE revision SET n = n + 1');

  return {
    put(refutations) {
      return db.transaction(() => {
        const done = { added: 0, changed: 0, same: 0 };
        for (const each of refutations) {
          const body = bodyOf(each);
          const held = get.get(each.id)?.body;
          done[held === undefined ? 'added' : held === body ? 'same' : 'changed']++;
          if (held !== body) put.run(each.id, each.publishedAt, body);
        }
        if (done.added + done.changed > 0) revise.run();
        return done;
      });
    },
    get(id) {
      const row = get.get(id);
      return row === undefined ? undefined : read(row);
    },
    all: () => all.all().map(read),
    count: () => counted.get()?.n ?? 0,
    revision: () => revised.get()?.n ?? 0,
    close: () => db.close(),
  };
}
