import type { Incident, IncidentId } from '../pipelines/domain/incident.ts';
import { findSupervisors } from '../pipelines/5-respond/find-supervisors.ts';
import { fireTimers } from '../pipelines/5-respond/fire-timer.ts';
import { knownFrom } from '../pipelines/5-respond/known-from.ts';
import type { Matrix } from '../pipelines/5-respond/matrix.ts';
import { alertCase } from '../pipelines/5-respond/raise-alert.ts';
import { pendingTimers } from '../pipelines/5-respond/run-clock.ts';
import { suggestTakeover } from '../pipelines/5-respond/suggest-takeover.ts';
import { latestDue, type TimerBook } from '../pipelines/ports/timer-book.ts';
import type { CaseDesk } from './case-desk.ts';

export interface FireParts {
  readonly cases: CaseDesk;
  readonly timers: TimerBook;
  readonly matrix: () => Matrix;
  readonly incident: (id: IncidentId) => Incident | undefined;
}

/** Files fired in one commit: so that ten thousand do not wait for the disk one by one, and nobody else waits long for them. */
const AT_ONCE = 250;

/**
 * Fires what is due at `now`, at most AT_ONCE files; true where there may be more. Firing is adding to the file at the seq it was
 * folded from, so that a timer fires once, however often it is asked for: the shelf only says where to look.
 */
export function fireDue({ cases, timers, matrix, incident }: FireParts, now: number): boolean {
  const due = timers.due(now, AT_ONCE * 3);
  const ids = [...new Set(due.map((timer) => timer.incident))].slice(0, AT_ONCE);
  const idle = new Map<IncidentId, readonly []>();
  const writes = ids.flatMap((id) => {
    const state = cases.state(id);
    const about = incident(id);
    const clock = state === undefined ? undefined : cases.clockOf(state);
    if (state === undefined || about === undefined || clock === undefined) {
      idle.set(id, []);
      return [];
    }
    const timers = latestDue(pendingTimers(state, clock), now);
    if (timers.length === 0) return [{ state, drafts: [] }];
    const theCase = alertCase(about, knownFrom(state));
    const supervisors = findSupervisors(theCase, matrix());
    return [{ state, drafts: fireTimers(state, timers, suggestTakeover(theCase, state, matrix()), supervisors, now) }];
  });
  // A timer of a file that is gone would stay due for ever.
  timers.set(idle);
  cases.appendAll(writes);
  return ids.length > 0;
}
