import type { Alert } from '../../../pipelines/domain/alert.ts';
import type { Incident, IncidentEvent, IncidentId } from '../../../pipelines/domain/incident.ts';
import type { PostId } from '../../../pipelines/domain/post.ts';
import { seesIncident, type Scope } from '../../../pipelines/domain/person.ts';
import { contains, prefixOf, type RegionCode } from '../../../pipelines/domain/region.ts';
import type { Suggestion } from '../../../pipelines/domain/suggestion.ts';
import { TIERS, type Tier } from '../../../pipelines/domain/tier.ts';
import type { AlertQuery, DeskStore, Watched } from '../../../pipelines/ports/desk-store.ts';
import { openDb, type Db } from '../sqlite/open-db.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS incidents (id TEXT PRIMARY KEY, state TEXT NOT NULL, last_at INTEGER NOT NULL, body TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS incidents_by_state ON incidents (state, last_at);
  CREATE TABLE IF NOT EXISTS events (n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, incident TEXT NOT NULL, body TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS events_by_incident ON events (incident, n);
  CREATE TABLE IF NOT EXISTS evidence (incident TEXT NOT NULL, post TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (incident, post)) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS evidence_by_time ON evidence (incident, at);
  CREATE INDEX IF NOT EXISTS evidence_by_post ON evidence (post);
  CREATE TABLE IF NOT EXISTS outbox (seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, incident TEXT NOT NULL,
    region TEXT, rung TEXT NOT NULL, title TEXT NOT NULL, suggestion TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS outbox_by_incident ON outbox (incident, seq);
  CREATE TABLE IF NOT EXISTS change (n INTEGER PRIMARY KEY AUTOINCREMENT, incident TEXT NOT NULL UNIQUE);
  INSERT INTO change (incident) SELECT id FROM incidents WHERE id NOT IN (SELECT incident FROM change) ORDER BY last_at;
  CREATE TABLE IF NOT EXISTS snapshot (one INTEGER PRIMARY KEY CHECK (one = 1), upto INTEGER NOT NULL, state BLOB NOT NULL);
`;

interface AlertRecord {
  seq: number;
  at: number;
  incident: string;
  region: string | null;
  rung: string;
  title: string;
  suggestion: string;
  [column: string]: string | number | null;
}

const readAlert = (row: AlertRecord): Alert => ({
  seq: row.seq,
  at: row.at,
  incident: row.incident as IncidentId,
  region: row.region as RegionCode | null,
  rung: row.rung as Tier,
  title: row.title,
  suggestion: JSON.parse(row.suggestion) as Suggestion,
});

/** Rows of a region within a list of prefixes, or of an incident within a list of ids. */
const seen = (region: string, id: string): string =>
  `(EXISTS (SELECT 1 FROM json_each(?) AS own WHERE substr(${region}, 1, length(own.value)) = own.value)
    OR ${id} IN (SELECT value FROM json_each(?)))`;

/** The two lists. Everything begins with the empty prefix, also the empty text that stands for a place not known. */
const listsOf = (scope: Scope): readonly [string, string] => [
  JSON.stringify(scope.regions === 'all' ? [''] : scope.regions.map(prefixOf)),
  JSON.stringify([...scope.incidents]),
];

/** One event in every replay: what it is, when in event time, and how high it stood. */
const keyOf = (event: IncidentEvent): string => `${event.incident}|${event.event}|${event.rung}|${event.at}`;

/** Incidents, events and the outbox in one SQLite file. @throws Error where the file can't be opened. */
export function openDesk(path: string): DeskStore {
  const db: Db = openDb(path, { synchronous: 'FULL' });
  db.exec(SCHEMA);
  const putIncident = db.prepare(
    'INSERT INTO incidents (id, state, last_at, body) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state, last_at = excluded.last_at, body = excluded.body',
  );
  const putEvent = db.prepare('INSERT INTO events (key, incident, body) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING');
  const putEvidence = db.prepare('INSERT INTO evidence (incident, post, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  const moveEvidence = db.prepare('UPDATE OR IGNORE evidence SET incident = ? WHERE incident = ?');
  const dropEvidence = db.prepare(
    'DELETE FROM evidence WHERE incident = ? AND post IN (SELECT value FROM json_each(?))',
  );
  const putAlert = db.prepare(
    'INSERT INTO outbox (at, incident, region, rung, title, suggestion) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const getIncident = db.prepare<{ body: string }>('SELECT body FROM incidents WHERE id = ?');
  const getByState = db.prepare<{ body: string }>(
    `SELECT body FROM incidents WHERE state = ? AND last_at >= ? AND ${seen("coalesce(body ->> '$.region', '')", 'id')} ORDER BY last_at DESC LIMIT ?`,
  );
  const getAny = db.prepare<{ body: string }>(
    `SELECT body FROM incidents WHERE last_at >= ? AND ${seen("coalesce(body ->> '$.region', '')", 'id')} ORDER BY last_at DESC LIMIT ?`,
  );
  const getEvents = db.prepare<{ body: string }>('SELECT body FROM events WHERE incident = ? ORDER BY n');
  const getEvidence = db.prepare<{ post: string }>(
    'SELECT post FROM evidence WHERE incident = ? ORDER BY at DESC, post LIMIT ?',
  );
  const getEarliest = db.prepare<{ post: string }>(
    'SELECT post FROM evidence WHERE incident = ? ORDER BY at, post LIMIT ?',
  );
  const getHours = db.prepare<{ at: number; posts: number }>(
    'SELECT at / 3600000 * 3600000 AS at, count(*) AS posts FROM evidence WHERE incident = ? GROUP BY 1 ORDER BY 1',
  );
  const getIncidentsOf = db.prepare<{ post: string; incident: string }>(
    'SELECT post, incident FROM evidence WHERE post IN (SELECT value FROM json_each(?))',
  );
  const rank = `CASE incidents.body ->> '$.rung' ${TIERS.map((tier, at) => `WHEN '${tier}' THEN ${at}`).join(' ')} END`;
  const getRungs = db.prepare<{ post: string; rung: number }>(
    `SELECT evidence.post AS post, max(${rank}) AS rung FROM incidents CROSS JOIN evidence ON evidence.incident = incidents.id
       AND evidence.at >= ? AND evidence.at < ?
     WHERE ${seen("coalesce(incidents.body ->> '$.region', '')", 'incidents.id')}
     GROUP BY evidence.post LIMIT ?`,
  );
  const putChange = db.prepare('INSERT OR REPLACE INTO change (incident) VALUES (?)');
  const getChanged = db.prepare<{ n: number; incident: string }>(
    'SELECT n, incident FROM change WHERE n > ? ORDER BY n LIMIT ?',
  );
  const getAmong = db.prepare<{ post: string }>(
    'SELECT DISTINCT post FROM evidence WHERE post IN (SELECT value FROM json_each(?))',
  );
  const getSuggestion = db.prepare<{ suggestion: string }>(
    'SELECT suggestion FROM outbox WHERE incident = ? ORDER BY seq DESC LIMIT 1',
  );
  const getAlerts = db.prepare<AlertRecord>('SELECT * FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?');
  const getLast = db.prepare<{ seq: number }>(
    `SELECT seq FROM outbox WHERE ${seen("coalesce(region, '')", 'incident')} ORDER BY seq DESC LIMIT 1`,
  );
  const getWith = db.prepare<{ incident: string }>('SELECT incident FROM evidence WHERE post = ?');
  const putSnapshot = db.prepare(
    'INSERT INTO snapshot (one, upto, state) VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET upto = excluded.upto, state = excluded.state',
  );
  const getSnapshot = db.prepare<{ upto: number; state: Uint8Array }>('SELECT upto, state FROM snapshot');

  const read = (row: { body: string }): Incident => JSON.parse(row.body) as Incident;

  return {
    record(watched: Watched): readonly Alert[] {
      if (watched.events.length + watched.incidents.length + watched.evidence.length === 0) return [];
      return db.transaction(() => {
        const fresh = new Set<IncidentEvent>();
        for (const event of watched.events) {
          if (Number(putEvent.run(keyOf(event), event.incident, JSON.stringify(event)).changes) > 0) fresh.add(event);
          if (event.into !== undefined) moveEvidence.run(event.into, event.incident);
        }
        for (const incident of watched.incidents) {
          putIncident.run(incident.id, incident.state, incident.lastPostAt, JSON.stringify(incident));
          putChange.run(incident.id);
        }
        for (const { incident, post, at } of watched.evidence) putEvidence.run(incident, post, at);
        // Split off: its posts are evidence of it now, and of the other no longer.
        for (const { from, posts } of watched.events)
          if (from !== undefined) dropEvidence.run(from, JSON.stringify(posts));
        return watched.alerts
          .filter(({ event }) => fresh.has(event))
          .map(({ event, suggestion }): Alert => {
            const { at, incident, region, rung, title } = event;
            const answer = putAlert.run(at, incident, region, rung, title, JSON.stringify(suggestion));
            return { seq: Number(answer.lastInsertRowid), at, incident, region, rung, title, suggestion };
          });
      });
    },
    incidents: ({ scope, state, spokenSince = 0, limit = 500 }) =>
      (state === undefined
        ? getAny.all(spokenSince, ...listsOf(scope), limit)
        : getByState.all(state, spokenSince, ...listsOf(scope), limit)
      ).map(read),
    incident(id) {
      const row = getIncident.get(id);
      return row === undefined ? undefined : read(row);
    },
    events: (id) => getEvents.all(id).map((row) => JSON.parse(row.body) as IncidentEvent),
    evidence: (id, limit) => getEvidence.all(id, limit).map((row) => row.post as PostId),
    earliestEvidence: (id, limit) => getEarliest.all(id, limit).map((row) => row.post as PostId),
    evidenceHours: (id) => getHours.all(id),
    incidentsOf: (posts) =>
      new Map(
        getIncidentsOf
          .all(JSON.stringify(posts))
          .map(({ post, incident }) => [post as PostId, incident as IncidentId] as const),
      ),
    evidenceRungs: ({ scope, from, to, limit }) =>
      getRungs
        .all(from, to, ...listsOf(scope), limit)
        .map(({ post, rung }) => ({ post: post as PostId, rung: TIERS[rung]! })),
    changed: (after, limit) =>
      getChanged.all(after, limit).map(({ n, incident }) => ({ n, incident: incident as IncidentId })),
    evidenceAmong: (posts) => new Set(getAmong.all(JSON.stringify(posts)).map(({ post }) => post as PostId)),
    incidentsWith: (post) => getWith.all(post).map(({ incident }) => incident as IncidentId),
    suggestion(id) {
      const row = getSuggestion.get(id);
      return row === undefined ? undefined : (JSON.parse(row.suggestion) as Suggestion);
    },
    alerts({ scope, after, limit, regions }: AlertQuery) {
      const found: Alert[] = [];
      let from = after;
      for (;;) {
        const page = getAlerts.all(from, 500);
        for (const row of page) {
          const alert = readAlert(row);
          if (concerns(alert.region, regions) && seesIncident(scope, { id: alert.incident, region: alert.region }))
            found.push(alert);
          if (found.length === limit) return found;
        }
        const last = page.at(-1);
        if (last === undefined || page.length < 500) return found;
        from = last.seq;
      }
    },
    lastSeq: (scope) => getLast.get(...listsOf(scope))?.seq ?? 0,
    saveSnapshot(offset, state) {
      putSnapshot.run(offset, state);
    },
    snapshot() {
      const row = getSnapshot.get();
      return row === undefined ? undefined : { offset: row.upto, state: row.state };
    },
    close: () => db.close(),
  };
}

/** In, above or below one of the regions; a place that is not known concerns everyone. */
const concerns = (region: RegionCode | null, regions: readonly RegionCode[]): boolean =>
  regions.length === 0 ||
  region === null ||
  regions.some((wanted) => contains(wanted, region) || contains(region, wanted));
