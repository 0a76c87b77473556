import { NO_PAGING, type CallEvent, type PagingRules, type Shift } from '../../../pipelines/domain/duty-roster.ts';
import type { IncidentId } from '../../../pipelines/domain/incident.ts';
import type { CallTimer, DutyBook } from '../../../pipelines/ports/duty-book.ts';
import type { Db } from '../sqlite/open-db.ts';
import { enqueuer } from './deliveries.ts';

export function dutyBook(db: Db): DutyBook {
  const enqueue = enqueuer(db);
  const addShift = db.prepare('INSERT INTO shift (body) VALUES (?)');
  const putShift = db.prepare('INSERT OR REPLACE INTO shift (id, body) VALUES (?, ?)');
  const dropShift = db.prepare('DELETE FROM shift WHERE id = ?');
  const allShifts = db.prepare<{ id: number; body: string }>('SELECT id, body FROM shift ORDER BY id');
  const getRules = db.prepare<{ body: string }>('SELECT body FROM rules');
  const putRules = db.prepare('INSERT OR REPLACE INTO rules (one, body) VALUES (1, ?)');
  const putCall = db.prepare('INSERT INTO call (incident, at, act, body) VALUES (?, ?, ?, ?)');
  const calls = db.prepare<{ body: string }>('SELECT body FROM call WHERE incident = ? ORDER BY n');
  const begun = db.prepare<{ incident: IncidentId }>(
    `SELECT incident FROM call WHERE act = 'began' AND at >= ? GROUP BY incident ORDER BY max(n) DESC LIMIT ?`,
  );
  const putTimer = db.prepare('INSERT OR REPLACE INTO timer (incident, step, due) VALUES (?, ?, ?)');
  const dropTimer = db.prepare('DELETE FROM timer WHERE incident = ?');
  const timers = db.prepare<{ incident: IncidentId; step: number; due: number }>(
    'SELECT incident, step, due FROM timer ORDER BY due',
  );
  return {
    saveShift({ id, ...shift }) {
      const body = JSON.stringify(shift);
      if (id !== undefined) putShift.run(id, body);
      return { ...shift, id: id ?? Number(addShift.run(body).lastInsertRowid) };
    },
    removeShift: (id) => Number(dropShift.run(id).changes) > 0,
    shifts: () => allShifts.all().map(({ id, body }) => ({ ...(JSON.parse(body) as Omit<Shift, 'id'>), id })),
    rules() {
      const row = getRules.get();
      return row === undefined ? NO_PAGING : (JSON.parse(row.body) as PagingRules);
    },
    saveRules(rules) {
      putRules.run(JSON.stringify(rules));
    },
    record(events, timer, notices, now) {
      db.transaction(() => {
        for (const event of events) putCall.run(event.incident, event.at, event.act, JSON.stringify(event));
        if (timer === null) for (const { incident } of events) dropTimer.run(incident);
        if (timer !== null && timer !== undefined) putTimer.run(timer.incident, timer.step, timer.dueAt);
        enqueue(notices, now);
      });
    },
    timers: () => timers.all().map(({ incident, step, due }): CallTimer => ({ incident, step, dueAt: due })),
    events: (incident) => calls.all(incident).map(({ body }) => JSON.parse(body) as CallEvent),
    incidents: (since, limit) => begun.all(since, limit).map(({ incident }) => incident),
  };
}
