import type { IncidentId } from '../../pipelines/domain/incident.ts';
import type { Scope } from '../../pipelines/domain/person.ts';
import type { Tier } from '../../pipelines/domain/tier.ts';
import type { TallyQuery } from '../../pipelines/ports/post-store.ts';
import type { FacetsBody, FileFormat, HistogramBody } from '../contract/search.ts';

/** What a search asks beside its words; what may be seen is not for the asker to say. */
export type SearchQuestion = Omit<TallyQuery, 'words' | 'asked' | 'within' | 'notIds'> & {
  /** Only evidence of incidents that stand at this rung now; `none`: evidence of no incident. */
  readonly rung?: Tier | 'none';
  /** Only the evidence of this one. */
  readonly incident?: IncidentId;
};

/** Too many posts are evidence in this period for a store to be asked about them. */
export class PeriodTooLong extends Error {
  override readonly name = 'PeriodTooLong';
}

/** What a search counts and brings out, cut to the scope. @throws StoreUnavailable, PeriodTooLong */
export interface SearchServices {
  facets(scope: Scope, text: string, question: SearchQuestion): Promise<FacetsBody>;
  histogram(
    scope: Scope,
    text: string,
    question: SearchQuestion & { readonly from: number; readonly to: number },
    stepMs: number,
  ): Promise<HistogramBody>;
  /**
   * Newest first, at most 10,000 rows; no author and no address, masked like every screen. Resolves when the first rows are read, the
   * rest is read as it is taken.
   */
  file(
    format: FileFormat,
    scope: Scope,
    text: string,
    question: SearchQuestion,
  ): Promise<AsyncIterable<string | Uint8Array>>;
}
