/** What a figure elsewhere was counted from, as the page 检索 reads it (search/search-question.ts): times ISO 8601, `incident` an id. */
interface SearchFilters {
  readonly q?: string;
  readonly from?: string;
  readonly to?: string;
  readonly region?: string;
  readonly platform?: string;
  readonly source?: string;
  readonly sentiment?: string;
  readonly need?: string;
  readonly duty?: string;
  readonly rung?: string;
  readonly incident?: string;
}

/** The search that shows the posts behind a figure. */
export const searchLink = (filters: SearchFilters): string =>
  `./search?${new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== '')).toString()}`;
