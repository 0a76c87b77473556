import type { RegionCode } from '../../../pipelines/domain/region.ts';
import type {
  Arrival,
  Silence,
  SilenceEvent,
  SourceAbout,
  SourceBeat,
  SourceBook,
  SourceChange,
  Visit,
  Way,
} from '../../../pipelines/ports/source-book.ts';
import type { Db } from '../sqlite/open-db.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MINUTES_KEPT = 25 * HOUR;
const VISITS_KEPT = 32;
const SILENCES_KEPT = 2_000;
/** Kinds of repair are few; a source that makes up more of them than this is counted together. */
const REPAIRS_KEPT = 100;

interface AboutRecord {
  readonly name: string;
  readonly way: string;
  readonly place: string | null;
  readonly format: string | null;
  readonly cadence: number | null;
  readonly region: string | null;
  readonly caps: string;
  readonly created: number;
  readonly paused: number;
  readonly every: number | null;
}

interface SilenceRecord {
  readonly id: number;
  readonly source: string;
  readonly since: number;
  readonly noticed: number;
  readonly usual: number;
  readonly ended: number | null;
}

/** The SourceBook of one SQLite file; several processes may note arrivals at once. */
export function sourceBook(db: Db): SourceBook {
  const statements = statementsOf(db);
  const read = (name: string): SourceAbout | undefined => {
    const row = statements.one.get(name);
    return row === undefined ? undefined : aboutOf(row);
  };
  const put = (about: SourceAbout): boolean => {
    const { name, way, place, format, cadenceMs, everyMs, region, caps, createdAt, paused } = about;
    return (
      Number(
        statements.put.run(
          ...[name, way, place ?? null, format ?? null, cadenceMs ?? null, region ?? null],
          ...[JSON.stringify(caps), createdAt, paused ? 1 : 0, everyMs ?? null],
        ).changes,
      ) > 0
    );
  };
  return {
    add: put,
    change(name: string, change: SourceChange) {
      return db.transaction(() => {
        const about = read(name);
        if (about === undefined) return false;
        statements.drop.run(name);
        const now = Object.entries({ ...about, ...change }).filter(([, value]) => value !== null);
        return put(Object.fromEntries(now) as unknown as SourceAbout);
      });
    },
    remove(name) {
      return db.transaction(() => {
        const there = Number(statements.drop.run(name).changes) > 0;
        for (const statement of statements.forgetAll) statement.run(name);
        return there;
      });
    },
    list: () => statements.all.all().map(aboutOf),
    arrived(name, way, arrival) {
      db.transaction(() => note(name, way, arrival));
    },
    beat: (name, now) => beatOf(name, now),
    fallSilent({ source, since, noticedAt, usualMs }) {
      return db.transaction(() => {
        statements.trimSilences.run(SILENCES_KEPT);
        if (Number(statements.silence.run(source, since, noticedAt, usualMs).changes) === 0) return false;
        noteSilence(source, 'silent', noticedAt);
        return true;
      });
    },
    silences: (limit) => statements.silences.all(limit).map(silenceOf),
    endSilence(name, at) {
      db.transaction(() => speak(name, at));
    },
    silenceEvents: (after, limit) => statements.silenceEvents.all(after, limit).map(eventOf),
  };

  function speak(name: string, at: number): void {
    noteSilence(name, 'ended', at);
    statements.speak.run(at, name);
  }

  /** While the silence lasts. */
  function noteSilence(source: string, event: SilenceEvent['event'], at: number): void {
    if (Number(statements.noteSilence.run(event, at, source).changes) > 0) statements.trimEvents.run(SILENCES_KEPT);
  }

  function note(name: string, way: Way, arrival: Arrival): void {
    const { at, accepted, duplicate, rejected, newest, repairs } = arrival;
    if (read(name) === undefined) put({ name, way, caps: [], createdAt: at, paused: false });
    statements.beat.run(name, at, at, newest === undefined ? null : Math.max(0, at - newest));
    const minute = Math.floor(at / MINUTE) * MINUTE;
    if (Number(statements.minute.run(name, minute, accepted + duplicate + rejected, rejected).changes) > 0)
      statements.trimMinutes.run(name, at - MINUTES_KEPT);
    const last = statements.lastVisit.get(name);
    if (last !== undefined && at - last.ended < MINUTE)
      statements.visitOn.run(Math.max(at, last.ended), name, last.began);
    else {
      statements.visit.run(name, at, at);
      statements.trimVisits.run(name, name, VISITS_KEPT);
    }
    for (const [kind, count] of repairs) {
      const known = Number(statements.repaired.run(count, name, kind).changes) > 0;
      if (known) continue;
      const kinds = statements.repairKinds.get(name)?.n ?? 0;
      statements.repair.run(name, kinds < REPAIRS_KEPT ? kind : '其他', count);
    }
    speak(name, at);
  }

  function beatOf(name: string, now: number): SourceBeat | undefined {
    const beat = statements.readBeat.get(name);
    if (beat === undefined) return undefined;
    const hour = statements.hour.get(name, now - HOUR, now);
    return {
      firstAt: beat.first,
      lastAt: beat.last,
      rowsLastHour: hour?.rows ?? 0,
      rejectedLastHour: hour?.rejected ?? 0,
      lagMs: beat.lag,
      repairs: statements.repairs.all(name),
      visits: statements.visits.all(name).reverse(),
    };
  }
}

const aboutOf = (row: AboutRecord): SourceAbout => ({
  name: row.name,
  way: row.way as Way,
  ...(row.place === null ? {} : { place: row.place }),
  ...(row.format === null ? {} : { format: row.format }),
  ...(row.cadence === null ? {} : { cadenceMs: row.cadence }),
  ...(row.region === null ? {} : { region: row.region as RegionCode }),
  caps: JSON.parse(row.caps) as string[],
  createdAt: row.created,
  paused: row.paused === 1,
  ...(row.every === null ? {} : { everyMs: row.every }),
});

const silenceOf = ({ id, source, since, noticed, usual, ended }: SilenceRecord): Silence => ({
  id,
  source,
  since,
  noticedAt: noticed,
  usualMs: usual,
  endedAt: ended,
});

interface EventRecord {
  readonly seq: number;
  readonly event: string;
  readonly at: number;
  readonly silence: number;
  readonly source: string;
  readonly since: number;
  readonly usual: number;
}

const eventOf = ({ usual, event, ...rest }: EventRecord): SilenceEvent => ({
  ...rest,
  event: event as SilenceEvent['event'],
  usualMs: usual,
});

const statementsOf = (db: Db) => ({
  put: db.prepare('INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING'),
  drop: db.prepare('DELETE FROM source WHERE name = ?'),
  forgetAll: ['beat', 'minute', 'visit', 'repair', 'feed']
    .map((table) => db.prepare(`DELETE FROM ${table} WHERE name = ?`))
    .concat(db.prepare('DELETE FROM silence WHERE source = ?'), db.prepare('DELETE FROM checkpoint WHERE source = ?')),
  all: db.prepare<AboutRecord>('SELECT * FROM source ORDER BY created, name'),
  one: db.prepare<AboutRecord>('SELECT * FROM source WHERE name = ?'),
  beat: db.prepare(
    `INSERT INTO beat VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET
     last = max(last, excluded.last), lag = coalesce(excluded.lag, lag)`,
  ),
  minute: db.prepare(
    `INSERT INTO minute VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET
     rows = rows + excluded.rows, rejected = rejected + excluded.rejected`,
  ),
  trimMinutes: db.prepare('DELETE FROM minute WHERE name = ? AND at < ?'),
  hour: db.prepare<{ rows: number | null; rejected: number | null }>(
    'SELECT sum(rows) AS rows, sum(rejected) AS rejected FROM minute WHERE name = ? AND at > ? AND at <= ?',
  ),
  lastVisit: db.prepare<Visit>('SELECT began, ended FROM visit WHERE name = ? ORDER BY began DESC LIMIT 1'),
  visit: db.prepare('INSERT INTO visit VALUES (?, ?, ?) ON CONFLICT DO NOTHING'),
  visitOn: db.prepare('UPDATE visit SET ended = ? WHERE name = ? AND began = ?'),
  trimVisits: db.prepare(
    'DELETE FROM visit WHERE name = ? AND began <= (SELECT began FROM visit WHERE name = ? ORDER BY began DESC LIMIT 1 OFFSET ?)',
  ),
  visits: db.prepare<Visit>('SELECT began, ended FROM visit WHERE name = ? ORDER BY began DESC'),
  repaired: db.prepare('UPDATE repair SET count = count + ? WHERE name = ? AND kind = ?'),
  repair: db.prepare('INSERT INTO repair VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count'),
  repairKinds: db.prepare<{ n: number }>('SELECT count(*) AS n FROM repair WHERE name = ?'),
  repairs: db.prepare<{ kind: string; count: number }>(
    'SELECT kind, count FROM repair WHERE name = ? ORDER BY count DESC, kind',
  ),
  readBeat: db.prepare<{ first: number; last: number; lag: number | null }>('SELECT * FROM beat WHERE name = ?'),
  silence: db.prepare('INSERT INTO silence(source, since, noticed, usual) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING'),
  trimSilences: db.prepare(
    'DELETE FROM silence WHERE ended IS NOT NULL AND id <= (SELECT id FROM silence ORDER BY id DESC LIMIT 1 OFFSET ?)',
  ),
  silences: db.prepare<SilenceRecord>('SELECT * FROM silence ORDER BY id DESC LIMIT ?'),
  noteSilence: db.prepare(
    `INSERT INTO silence_event(event, at, silence, source, since, usual)
     SELECT ?, ?, id, source, since, usual FROM silence WHERE source = ? AND ended IS NULL`,
  ),
  trimEvents: db.prepare(
    'DELETE FROM silence_event WHERE seq <= (SELECT seq FROM silence_event ORDER BY seq DESC LIMIT 1 OFFSET ?)',
  ),
  silenceEvents: db.prepare<EventRecord>('SELECT * FROM silence_event WHERE seq > ? ORDER BY seq LIMIT ?'),
  speak: db.prepare('UPDATE silence SET ended = ? WHERE source = ? AND ended IS NULL'),
});
