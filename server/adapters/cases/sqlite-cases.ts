import type { CaseDraft, CaseEvent } from '../../../pipelines/domain/case-event.ts';
import type { IncidentId } from '../../../pipelines/domain/incident.ts';
import type { Appended, CaseBook, CaseWrite } from '../../../pipelines/ports/case-book.ts';
import type { Clock } from '../../../pipelines/ports/clock.ts';
import type { CaseTimer, TimerBook } from '../../../pipelines/ports/timer-book.ts';
import { openDb, type Db } from '../sqlite/open-db.ts';

/** The triggers hold the promise that a file is only ever added to, also against a later mistake in this program. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS case_event (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    incident TEXT NOT NULL,
    seq INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (incident, seq)
  );
  CREATE TRIGGER IF NOT EXISTS case_event_stays BEFORE UPDATE ON case_event
    BEGIN SELECT RAISE(ABORT, 'an event of a file is never changed: add another'); END;
  CREATE TRIGGER IF NOT EXISTS case_event_kept BEFORE DELETE ON case_event
    BEGIN SELECT RAISE(ABORT, 'an event of a file is never removed: add another'); END;
  -- The shelf before hand-offs had timers; it is set anew from the files at every start.
  DROP TABLE IF EXISTS case_timer;
  CREATE TABLE IF NOT EXISTS file_timer (
    incident TEXT NOT NULL,
    -- The seq of a hand-off; 0 is the clock of the whole file.
    handoff INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (incident, handoff, kind)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS file_timer_by_time ON file_timer (at);
`;

interface Row {
  n: number;
  body: string;
  [column: string]: number | string;
}

type Cases = CaseBook & { readonly timers: TimerBook };

const eventOf = ({ body }: Row): CaseEvent => JSON.parse(body) as CaseEvent;

/** The files of incidents and their timers in one SQLite file. @throws Error where the file can't be opened. */
export function openCases(path: string, clock: Clock): Cases {
  const db: Db = openDb(path, { synchronous: 'FULL' });
  db.exec(SCHEMA);
  const put = db.prepare('INSERT INTO case_event (incident, seq, body) VALUES (?, ?, ?)');
  const lastSeq = db.prepare<{ seq: number | null }>('SELECT max(seq) AS seq FROM case_event WHERE incident = ?');
  const since = db.prepare<Row>('SELECT n, body FROM case_event WHERE incident = ? AND seq > ? ORDER BY seq');
  const page = db.prepare<Row>('SELECT n, body FROM case_event WHERE n > ? ORDER BY n LIMIT ?');

  const write = ({ incident, expected, drafts }: CaseWrite): Appended => {
    if ((lastSeq.get(incident)?.seq ?? 0) !== expected)
      return { meanwhile: since.all(incident, expected).map(eventOf) };
    const keptAt = clock.now();
    const kept = drafts.map((draft: CaseDraft, at): CaseEvent => {
      return { ...draft, incident, seq: expected + at + 1, keptAt };
    });
    for (const event of kept) put.run(incident, event.seq, JSON.stringify(event));
    return { kept };
  };

  return {
    append: (incident, expected, drafts) => db.transaction(() => write({ incident, expected, drafts })),
    appendAll: (writes) => db.transaction(() => writes.map(write)),
    events: (incident) => since.all(incident, 0).map(eventOf),
    after: (n, limit) => page.all(n, limit).map((row) => ({ n: row.n, event: eventOf(row) })),
    timers: timersIn(db),
    close: () => db.close(),
  };
}

function timersIn(db: Db): TimerBook {
  const clear = db.prepare('DELETE FROM file_timer WHERE incident = ?');
  const put = db.prepare('INSERT INTO file_timer (incident, handoff, kind, at) VALUES (?, ?, ?, ?)');
  const due = db.prepare<CaseTimer & { handoff: number }>(
    'SELECT incident, handoff, kind, at FROM file_timer WHERE at <= ? ORDER BY at LIMIT ?',
  );
  const first = db.prepare<{ at: number | null }>('SELECT min(at) AS at FROM file_timer');
  const counted = db.prepare<{ n: number }>('SELECT count(*) AS n FROM file_timer');
  return {
    set(timers: ReadonlyMap<IncidentId, readonly CaseTimer[]>) {
      if (timers.size === 0) return;
      db.transaction(() => {
        for (const [incident, list] of timers) {
          clear.run(incident);
          for (const { kind, at, handoff } of list) put.run(incident, handoff ?? 0, kind, Math.round(at));
        }
      });
    },
    due: (now, limit) =>
      due.all(now, limit).map(({ incident, handoff, kind, at }) => {
        return { incident, kind, at, ...(handoff === 0 ? {} : { handoff }) };
      }),
    next: () => first.get()?.at ?? undefined,
    count: () => counted.get()?.n ?? 0,
  };
}
