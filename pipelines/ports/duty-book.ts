import type { CallEvent, PagingRules, Shift } from '../domain/duty-roster.ts';
import type { IncidentId } from '../domain/incident.ts';
import type { Enqueue } from './delivery-book.ts';

/** The next step of calling out for an incident. Wall-clock epoch ms. */
export interface CallTimer {
  readonly incident: IncidentId;
  readonly step: number;
  readonly dueAt: number;
}

/** Shifts, how calls climb, and what became of each. Durable before a call returns. */
export interface DutyBook {
  saveShift(shift: Omit<Shift, 'id'> & { readonly id?: number }): Shift;
  removeShift(id: number): boolean;
  shifts(): readonly Shift[];
  rules(): PagingRules;
  saveRules(rules: PagingRules): void;
  /** All or nothing: what happened, the next timer (null: none any more), and what people are told of it. */
  record(
    events: readonly CallEvent[],
    timer: CallTimer | null | undefined,
    notices: readonly Enqueue[],
    now: number,
  ): void;
  timers(): readonly CallTimer[];
  /** Oldest first. */
  events(incident: IncidentId): readonly CallEvent[];
  /** Incidents whose calls began after, newest first. */
  incidents(since: number, limit: number): readonly IncidentId[];
}
