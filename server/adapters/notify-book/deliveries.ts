import { DELIVERY_STATES, type DeliveryState, type Notice } from '../../../pipelines/domain/notice.ts';
import type { Attempt, Delivery, DeliveryBook, Enqueue } from '../../../pipelines/ports/delivery-book.ts';
import type { Db } from '../sqlite/open-db.ts';

interface Row {
  readonly n: number;
  readonly channel: string;
  readonly notice: string;
  readonly nth: number;
  readonly state: DeliveryState;
  readonly enqueued: number;
  readonly due: number;
  readonly held: number;
  readonly attempts: number;
  readonly last: number | null;
  readonly because: string;
  readonly stands_for: string | null;
  readonly passed: number;
}

const deliveryOf = (row: Row): Delivery => ({
  n: row.n,
  channel: row.channel,
  notice: JSON.parse(row.notice) as Notice,
  nth: row.nth,
  state: row.state,
  enqueuedAt: row.enqueued,
  dueAt: row.due,
  held: row.held === 1,
  attempts: row.attempts,
  lastAt: row.last,
  because: row.because,
  standsInFor: row.stands_for,
  passedOn: row.passed === 1,
});

/** Puts notices into the outbox; for callers that are in a transaction already. */
export function enqueuer(db: Db): (rows: readonly Enqueue[], now: number) => void {
  const put = db.prepare(
    `INSERT INTO delivery (event, channel, thread, nth, notice, state, enqueued, due, held, because, stands_for)
     VALUES (?, ?, ?, (SELECT count(*) + 1 FROM delivery WHERE channel = ?2 AND thread = ?3 AND state != 'muted'), ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (event, channel) DO NOTHING`,
  );
  const release = db.prepare(
    `UPDATE delivery SET held = 0, due = ? WHERE channel = ? AND thread = ? AND state = 'waiting' AND held = 1`,
  );
  return (rows, now) => {
    for (const { channel, notice, dueAt, held = false, muted, standsInFor } of rows) {
      const state: DeliveryState = muted === undefined ? 'waiting' : 'muted';
      // Order within an incident holds: what waited for the morning must not keep back what may not wait.
      if (notice.lifeAtRisk && !held && muted === undefined) release.run(now, channel, notice.thread);
      const values = [JSON.stringify(notice), state, now, dueAt, held ? 1 : 0, muted ?? '', standsInFor ?? null];
      put.run(notice.id, channel, notice.thread, ...values);
    }
  };
}

export function deliveryBook(db: Db): DeliveryBook {
  const enqueue = enqueuer(db);
  const getCursor = db.prepare<{ at: number }>('SELECT at FROM cursor WHERE name = ?');
  const putCursor = db.prepare('INSERT OR REPLACE INTO cursor (name, at) VALUES (?, ?)');
  // The older one of a thread goes first: what waits behind it is not due, whatever its own time says.
  const due = db.prepare<Row>(
    `SELECT * FROM delivery d WHERE channel = ? AND state = 'waiting' AND due <= ? AND NOT EXISTS (
       SELECT 1 FROM delivery e WHERE e.channel = d.channel AND e.thread = d.thread AND e.n < d.n AND e.state = 'waiting' AND e.due > ?2)
     ORDER BY n LIMIT ?`,
  );
  const stuck = db.prepare<Row>(
    `SELECT * FROM delivery WHERE channel = ? AND passed = 0 AND stands_for IS NULL AND
       (state = 'dead' OR (state = 'waiting' AND enqueued <= ? AND (held = 0 OR attempts > 0))) ORDER BY n LIMIT ?`,
  );
  const putAttempt = db.prepare('INSERT INTO attempt (channel, at, deliveries) VALUES (?, ?, ?)');
  const counted = db.prepare(
    'UPDATE delivery SET attempts = attempts + 1, last = ? WHERE n IN (SELECT value FROM json_each(?))',
  );
  const getAttempt = db.prepare<{ deliveries: string }>('SELECT deliveries FROM attempt WHERE n = ?');
  const endAttempt = db.prepare('UPDATE attempt SET outcome = ?, says = ? WHERE n = ?');
  const setState = db.prepare(
    `UPDATE delivery SET state = ?, because = ?, last = ?, due = coalesce(?, due) WHERE n IN (SELECT value FROM json_each(?)) AND state = 'waiting'`,
  );
  const passed = db.prepare('UPDATE delivery SET passed = 1 WHERE n IN (SELECT value FROM json_each(?))');
  const since = db.prepare<{ at: number }>('SELECT at FROM attempt WHERE channel = ? AND at > ? ORDER BY at');
  const lastAttempts = db.prepare<Omit<Attempt, 'notices'> & { deliveries: string }>(
    'SELECT n, channel, at, deliveries, outcome, says FROM attempt WHERE channel = ? ORDER BY n DESC LIMIT ?',
  );
  const events = db.prepare<{ event: string }>(
    'SELECT event FROM delivery WHERE n IN (SELECT value FROM json_each(?)) ORDER BY n',
  );
  const BACK = `UPDATE delivery SET state = 'waiting', due = ?, held = 0, attempts = 0, passed = 0, enqueued = ?1, because = '' WHERE state = 'dead' AND`;
  const reviveIds = db.prepare(`${BACK} n IN (SELECT value FROM json_each(?))`);
  const reviveChannel = db.prepare(`${BACK} channel = ? AND last > ?`);
  const list = db.prepare<Row>(
    'SELECT * FROM delivery WHERE (?1 IS NULL OR channel = ?1) AND (?2 IS NULL OR state = ?2) ORDER BY n DESC LIMIT ?3',
  );
  const count = db.prepare<{ state: DeliveryState; n: number }>(
    'SELECT state, count(*) AS n FROM delivery WHERE channel = ? GROUP BY state',
  );
  const forgetDeliveries = db.prepare(`DELETE FROM delivery WHERE state != 'waiting' AND coalesce(last, enqueued) < ?`);
  const forgetAttempts = db.prepare('DELETE FROM attempt WHERE at < ?');

  return {
    enqueue(rows, now, cursor) {
      db.transaction(() => {
        enqueue(rows, now);
        if (cursor !== undefined) putCursor.run(cursor.name, cursor.at);
      });
    },
    cursor: (name) => getCursor.get(name)?.at,
    due: (channel, now, limit) => due.all(channel, now, limit).map(deliveryOf),
    stuck: (channel, before, limit) => stuck.all(channel, before, limit).map(deliveryOf),
    begin: (channel, deliveries, now) =>
      db.transaction(() => {
        const ids = JSON.stringify(deliveries);
        counted.run(now, ids);
        return Number(putAttempt.run(channel, now, ids).lastInsertRowid);
      }),
    end(attempt, { kind, says, dueAt }, now) {
      db.transaction(() => {
        endAttempt.run(kind, says, attempt);
        const { deliveries = '[]' } = getAttempt.get(attempt) ?? {};
        const state: DeliveryState = kind === 'delivered' ? 'sent' : kind === 'refused' ? 'dead' : 'waiting';
        setState.run(state, says, now, dueAt ?? null, deliveries);
      });
    },
    attemptsSince: (channel, at) => since.all(channel, at).map((row) => row.at),
    attempts: (channel, limit) =>
      lastAttempts
        .all(channel, limit)
        .map(({ deliveries, ...row }) => ({ ...row, notices: events.all(deliveries).map(({ event }) => event) })),
    markPassedOn(deliveries) {
      passed.run(JSON.stringify(deliveries));
    },
    bury(deliveries, because, now) {
      setState.run('dead', because, now, null, JSON.stringify(deliveries));
    },
    revive: (which, now) =>
      Number(
        'ids' in which
          ? reviveIds.run(now, JSON.stringify(which.ids)).changes
          : reviveChannel.run(now, which.channel, which.since).changes,
      ),
    list: ({ limit, channel, state }) => list.all(channel ?? null, state ?? null, limit).map(deliveryOf),
    count(channel) {
      const found = new Map(count.all(channel).map(({ state, n }) => [state, n]));
      return Object.fromEntries(DELIVERY_STATES.map((state) => [state, found.get(state) ?? 0])) as Record<
        DeliveryState,
        number
      >;
    },
    forget(before) {
      forgetDeliveries.run(before);
      forgetAttempts.run(before);
    },
  };
}
