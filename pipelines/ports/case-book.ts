import type { CaseDraft, CaseEvent } from '../domain/case-event.ts';
import type { IncidentId } from '../domain/incident.ts';

export type Appended =
  | { readonly kept: readonly CaseEvent[] }
  /** Somebody was quicker: nothing was kept. What has come since `expected`. */
  | { readonly meanwhile: readonly CaseEvent[] };

/** The files of incidents. Events are only ever added, durably, before the call returns; nothing is edited in place. */
export interface CaseBook {
  /** All or nothing. `expected` is the last seq the writer has seen (0: no file yet). */
  append(incident: IncidentId, expected: number, drafts: readonly CaseDraft[]): Appended;
  events(incident: IncidentId): readonly CaseEvent[];
  /** Every event of every file in the order kept; `n` is that order. For folds over all files, reports and restarts. */
  after(n: number, limit: number): readonly { readonly n: number; readonly event: CaseEvent }[];
  close(): void;
}
