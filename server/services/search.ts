import type { Scope } from '../../pipelines/domain/person.ts';
import type { TallyQuery } from '../../pipelines/ports/post-store.ts';
import type { FacetsBody, HistogramBody } from '../contract/search.ts';

/** What a search asks beside its words; `within` is not for the asker to say. */
export type SearchQuestion = Omit<TallyQuery, 'words' | 'within'>;

/** What a search counts and brings out, cut to the scope. @throws StoreUnavailable */
export interface SearchServices {
  facets(scope: Scope, text: string, question: SearchQuestion): Promise<FacetsBody>;
  histogram(
    scope: Scope,
    text: string,
    question: SearchQuestion & { readonly from: number; readonly to: number },
    stepMs: number,
  ): Promise<HistogramBody>;
  /** Newest first, at most 10,000 rows; no author and no address, masked like every screen. */
  csv(scope: Scope, text: string, question: SearchQuestion): Promise<string>;
}
