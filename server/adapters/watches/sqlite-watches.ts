import type { KeptHit, Watch, WatchHit, WatchId } from '../../../pipelines/domain/watch.ts';
import type { WatchBook } from '../../../pipelines/ports/watch-book.ts';
import { openDb, type Db } from '../sqlite/open-db.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS watch_version (watch TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (watch, version)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS hit (seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, watch TEXT NOT NULL, body TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS hit_by_watch ON hit (watch, seq);
`;

interface HitRow {
  readonly seq: number;
  readonly body: string;
}

const read = ({ body }: { readonly body: string }): Watch => JSON.parse(body) as Watch;
const readHit = ({ seq, body }: HitRow): KeptHit => ({ ...(JSON.parse(body) as WatchHit), seq });
const bySign = new Intl.Collator('zh-CN');

/** Watches and their hits in one SQLite file. @throws Error where the file can't be opened. */
export function openWatches(path: string): WatchBook {
  const db: Db = openDb(path, { synchronous: 'FULL', cacheKiB: 1024 });
  db.exec(SCHEMA);
  const newest = db.prepare<{ body: string }>(
    'SELECT body FROM watch_version WHERE watch = ? ORDER BY version DESC LIMIT 1',
  );
  const put = db.prepare('INSERT INTO watch_version (watch, version, body) VALUES (?, ?, ?)');
  const all = db.prepare<{ body: string }>(
    'SELECT body FROM watch_version AS own WHERE version = (SELECT max(version) FROM watch_version WHERE watch = own.watch)',
  );
  const versions = db.prepare<{ body: string }>('SELECT body FROM watch_version WHERE watch = ? ORDER BY version DESC');
  const putHit = db.prepare('INSERT INTO hit (key, watch, body) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING');
  const hits = db.prepare<HitRow>('SELECT seq, body FROM hit WHERE seq > ? ORDER BY seq LIMIT ?');
  const ofWatch = db.prepare<HitRow>('SELECT seq, body FROM hit WHERE watch = ? ORDER BY seq DESC LIMIT ?');
  const last = db.prepare<{ seq: number | null }>('SELECT max(seq) AS seq FROM hit');
  const get = (id: WatchId): Watch | undefined => {
    const row = newest.get(id);
    return row === undefined ? undefined : read(row);
  };

  return {
    save(id, expected, draft) {
      return db.transaction(() => {
        const held = get(id);
        if (held !== undefined && held.version !== expected) return { meanwhile: held };
        const version = (held?.version ?? 0) + 1;
        const since = held !== undefined && asksTheSame(held, draft) ? held.since : version;
        const kept: Watch = { ...draft, id, version, since };
        put.run(id, version, JSON.stringify(kept));
        return { kept };
      });
    },
    list: () =>
      all
        .all()
        .map(read)
        .sort((a, b) => bySign.compare(a.name, b.name) || (a.id < b.id ? -1 : 1)),
    get,
    versions: (id) => versions.all(id).map(read),
    record(told) {
      if (told.length === 0) return [];
      return db.transaction(() =>
        told.flatMap((hit): KeptHit[] => {
          const answer = putHit.run(keyOf(hit), hit.watch, JSON.stringify(hit));
          return Number(answer.changes) === 0 ? [] : [{ ...hit, seq: Number(answer.lastInsertRowid) }];
        }),
      );
    },
    hits: (after, limit) => hits.all(after, limit).map(readHit),
    lastHits: (id, limit) => ofWatch.all(id, limit).map(readHit),
    lastSeq: () => last.get()?.seq ?? 0,
    close: () => db.close(),
  };
}

/** One hit in every replay. */
const keyOf = ({ watch, event, at, openedAt }: WatchHit): string => `${watch}|${event}|${openedAt}|${at}`;

const asksTheSame = (a: Pick<Watch, 'query' | 'hysteresis'>, b: Pick<Watch, 'query' | 'hysteresis'>): boolean =>
  JSON.stringify([a.query, a.hysteresis]) === JSON.stringify([b.query, b.hysteresis]);
