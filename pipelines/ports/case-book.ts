import type { CaseDraft, CaseEvent } from '../domain/case-event.ts';
import type { IncidentId } from '../domain/incident.ts';

export type Appended =
  | { readonly kept: readonly CaseEvent[] }
  /** Somebody was quicker: nothing was kept. What has come since `expected`. */
  | { readonly meanwhile: readonly CaseEvent[] };

/** `expected` is the last seq the writer has seen (0: no file yet). */
export interface CaseWrite {
  readonly incident: IncidentId;
  readonly expected: number;
  readonly drafts: readonly CaseDraft[];
}

/** The files of incidents. Events are only ever added, durably, before the call returns; nothing is edited in place. */
export interface CaseBook {
  /** All or nothing. */
  append(incident: IncidentId, expected: number, drafts: readonly CaseDraft[]): Appended;
  /** Many files in one commit, each by its own rule: where one writer came too late, the others are kept. One answer a write, in order. */
  appendAll(writes: readonly CaseWrite[]): readonly Appended[];
  events(incident: IncidentId): readonly CaseEvent[];
  /** Every event of every file in the order kept; `n` is that order. For folds over all files, reports and restarts. */
  after(n: number, limit: number): readonly { readonly n: number; readonly event: CaseEvent }[];
  close(): void;
}
