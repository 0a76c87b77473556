import type { Account } from '../pipelines/domain/account.ts';
import type { CaseState } from '../pipelines/domain/case-state.ts';
import type { IncidentId } from '../pipelines/domain/incident.ts';
import type { Scope } from '../pipelines/domain/person.ts';
import type { RegionCode } from '../pipelines/domain/region.ts';
import type { DateFacts } from '../pipelines/6-report/facts.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import type { Inbox } from '../pipelines/ports/inbox.ts';
import type { PostStore } from '../pipelines/ports/post-store.ts';
import type { SourceBook } from '../pipelines/ports/source-book.ts';
import type { PrecedentRow } from './contract/history.ts';
import type { Population } from './read-population.ts';
import type { Names } from './views.ts';

/** The past incidents most like one, likest first; null where they can't be searched now. */
export type PrecedentSearch = (id: IncidentId, scope: Scope) => Promise<readonly PrecedentRow[] | null>;

/** Files as they stand, folded once and kept folded. */
export interface FoldedFiles {
  state(id: IncidentId): CaseState | undefined;
  states(): Iterable<CaseState>;
}

/** What a week's report is read from. */
export interface ReportParts {
  readonly store: PostStore;
  readonly desk: DeskStore;
  readonly cases: FoldedFiles;
  readonly book: SourceBook;
  readonly inbox: Pick<Inbox, 'letters'>;
  readonly names: Names;
  /** In the order of the matrix. */
  readonly accounts: () => readonly Account[];
  readonly home: RegionCode;
  /** People by division, with the public figure's source. */
  readonly population: Population;
  /** Dates that the office keeps, in any order. */
  readonly dates: readonly DateFacts[];
  readonly precedents: PrecedentSearch;
  readonly drill: boolean;
  readonly versions: { readonly program: string; readonly weights: string };
}

/** One report's part of the deployment: what all of its reading is cut to. */
export interface Reported {
  /** null: the whole deployment. */
  readonly of: RegionCode | null;
  readonly scope: Scope;
}
