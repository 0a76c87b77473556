import type { Account } from '../pipelines/domain/account.ts';
import type { RegionCode } from '../pipelines/domain/region.ts';
import type { CaseBook } from '../pipelines/ports/case-book.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import type { Inbox } from '../pipelines/ports/inbox.ts';
import type { PostStore } from '../pipelines/ports/post-store.ts';
import type { SourceBook } from '../pipelines/ports/source-book.ts';
import type { Lessons } from './report-lessons.ts';
import type { Population } from './read-population.ts';
import type { Names } from './views.ts';

/** What a week's report is read from. */
export interface ReportParts {
  readonly store: PostStore;
  readonly desk: DeskStore;
  readonly cases: Pick<CaseBook, 'events'>;
  readonly book: SourceBook;
  readonly inbox: Pick<Inbox, 'letters'>;
  readonly names: Names;
  /** In the order of the matrix. */
  readonly accounts: () => readonly Account[];
  readonly home: RegionCode;
  /** People by county, with the public figure's source; empty where the office has given none. */
  readonly population: Population;
  /** Absent: neither precedents nor echo are looked up. */
  readonly lessons?: Lessons;
  readonly drill: boolean;
  readonly versions: { readonly program: string; readonly weights: string };
}
