import type { CaseEvent } from '../pipelines/domain/case-event.ts';
import type { CaseState } from '../pipelines/domain/case-state.ts';
import type { IncidentId } from '../pipelines/domain/incident.ts';
import { foldCase } from '../pipelines/5-respond/fold-case.ts';
import type { CaseBook } from '../pipelines/ports/case-book.ts';
import type { FoldedFiles } from './report-parts.ts';

const PAGE = 2_000;

/** Every file as it stands, in one pass over the book: for a command that looks at all of them once. */
export function foldFiles(book: Pick<CaseBook, 'after'>): FoldedFiles {
  const events = new Map<IncidentId, CaseEvent[]>();
  for (let n = 0; ;) {
    const page = book.after(n, PAGE);
    for (const { event } of page) {
      const file = events.get(event.incident);
      if (file === undefined) events.set(event.incident, [event]);
      else file.push(event);
    }
    if (page.length < PAGE) break;
    n = page.at(-1)!.n;
  }
  const states = new Map<IncidentId, CaseState>();
  for (const [id, file] of events) {
    const state = foldCase(file);
    if (state !== undefined) states.set(id, state);
  }
  return { state: (id) => states.get(id), states: () => states.values() };
}
