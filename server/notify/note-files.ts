import type { Scope } from '../../pipelines/domain/person.ts';
import type { CaseFile } from '../../pipelines/5-respond/hand-over-note.ts';
import type { CaseBook } from '../../pipelines/ports/case-book.ts';
import type { DeskStore } from '../../pipelines/ports/desk-store.ts';

const INCIDENTS_READ = 5_000;

/** What a hand-over note is written from, cut to a scope. */
export const noteFiles = (
  desk: DeskStore,
  cases: Pick<CaseBook, 'events'> | undefined,
  scope: Scope,
): readonly CaseFile[] =>
  desk.incidents({ scope, limit: INCIDENTS_READ }).map((incident) => {
    const suggestion = desk.suggestion(incident.id);
    const minutes = suggestion?.clock.minutes ?? null;
    return { incident, events: cases?.events(incident.id) ?? [], minutes, first: suggestion?.first ?? null };
  });
