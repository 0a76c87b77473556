import { searchWords } from '../pipelines/domain/search-words.ts';
import type { CaseBook } from '../pipelines/ports/case-book.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import { StoreUnavailable } from '../pipelines/ports/post-store.ts';
import { findPrecedents, precedentRow, type PrecedentParts } from './find-precedents.ts';
import { precedentedOf } from './precedent-desk.ts';
import type { PrecedentSearch } from './report-parts.ts';

export interface PrecedentSearchParts {
  readonly desk: Pick<DeskStore, 'incident'>;
  readonly cases: Pick<CaseBook, 'events'>;
  readonly store: PrecedentParts['store'];
  readonly account: PrecedentParts['account'];
  readonly cut: (text: string) => readonly string[];
}

/** Precedents beside a running server: from the same index, by the same ranking. */
export function searchPrecedents({ desk, cases, store, account, cut }: PrecedentSearchParts): PrecedentSearch {
  const lookup: PrecedentParts = { store, account, eventsOf: (id) => cases.events(id) };
  return async (id, scope) => {
    const incident = desk.incident(id);
    if (incident === undefined) return null;
    const words = searchWords([...incident.terms, ...cut(incident.title)]);
    try {
      const ranked = await findPrecedents(lookup, precedentedOf(incident, words), scope);
      return ranked.map((one) => precedentRow(one, lookup));
    } catch (error) {
      if (error instanceof StoreUnavailable) return null;
      throw error;
    }
  };
}
