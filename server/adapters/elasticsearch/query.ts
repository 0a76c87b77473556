import type { estypes } from '@elastic/elasticsearch';
import { searchWords } from '../../../pipelines/domain/search-words.ts';
import type { PostQuery } from '../../../pipelines/ports/post-store.ts';

/** Everything of the question but its page, as filters: order is by time, so nothing needs a score. */
export function filtersOf(query: PostQuery): { bool: { filter: estypes.QueryDslQueryContainer[] } } {
  const filter: estypes.QueryDslQueryContainer[] = [];
  const term = (field: string, value: string | boolean | undefined): void => {
    if (value !== undefined) filter.push({ term: { [field]: value } });
  };
  const words = [...new Set(searchWords(query.words ?? []))];
  if (words.length > 0) filter.push({ match: { words: { query: words.join(' '), operator: 'and' } } });
  term('path', query.region);
  term('platform', query.platform);
  term('sentiment', query.sentiment);
  term('need', query.need);
  if (query.folded === true) term('first', true);
  if (query.ids !== undefined) filter.push({ ids: { values: [...query.ids] } });
  if (query.from !== undefined || query.to !== undefined) {
    filter.push({
      range: {
        time: {
          ...(query.from === undefined ? {} : { gte: query.from }),
          ...(query.to === undefined ? {} : { lt: query.to }),
          format: 'epoch_millis',
        },
      },
    });
  }
  return { bool: { filter } };
}

/** Buckets that start at `from`; Elasticsearch counts steps from 1970 and shifts them by the offset. */
export function histogramOf(
  from: number,
  stepMs: number,
): Record<'over_time', estypes.AggregationsAggregationContainer> {
  const offset = ((from % stepMs) + stepMs) % stepMs;
  return {
    over_time: {
      date_histogram: { field: 'time', fixed_interval: `${stepMs}ms`, offset: `${offset}ms`, min_doc_count: 1 },
      aggs: {
        distinct: { cardinality: { field: 'group', precision_threshold: 3000 } },
        negative: { filter: { term: { sentiment: 'negative' } } },
        needs: { filter: { exists: { field: 'need' } } },
      },
    },
  };
}

/** One bucket of the answer to histogramOf. */
export interface TimeBucket {
  readonly key: number;
  readonly doc_count: number;
  readonly distinct: { readonly value: number };
  readonly negative: { readonly doc_count: number };
  readonly needs: { readonly doc_count: number };
}
