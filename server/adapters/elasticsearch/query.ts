import type { estypes } from '@elastic/elasticsearch';
import { searchWords } from '../../../pipelines/domain/search-words.ts';
import type { PostQuery } from '../../../pipelines/ports/post-store.ts';
import { askedFilters, writtenFields } from './asked-filters.ts';
import { matchFilters } from './match-filters.ts';

/** Everything of the question but its page, as filters: order is by time, so nothing needs a score. */
export function filtersOf(query: PostQuery): { bool: { filter: estypes.QueryDslQueryContainer[] } } {
  const filter: estypes.QueryDslQueryContainer[] = [];
  const term = (field: string, value: string | boolean | undefined): void => {
    if (value !== undefined) filter.push({ term: { [field]: value } });
  };
  const words = [...new Set(searchWords(query.words ?? []))];
  if (words.length > 0) filter.push({ match: { words: { query: words.join(' '), operator: 'and' } } });
  term('path', query.region);
  // No regions are no posts: `terms` of nothing matches nothing.
  if (query.within !== undefined) filter.push({ terms: { path: [...query.within] } });
  term('platform', query.platform);
  term('sentiment', query.sentiment);
  term('need', query.need);
  term('source', query.source);
  term('mood', query.mood);
  term('kind', query.kind);
  term('duty', query.duty);
  term('urgent', query.urgent);
  term('needsCheck', query.needsCheck);
  if (query.groups !== undefined) filter.push({ terms: { group: [...query.groups] } });
  if (query.folded === true) term('first', true);
  if (query.match !== undefined) filter.push(...matchFilters(query.match));
  if (query.asked !== undefined) filter.push(...askedFilters(query.asked));
  if (query.ids !== undefined) filter.push({ ids: { values: [...query.ids] } });
  if (query.notIds !== undefined) filter.push({ bool: { must_not: [{ ids: { values: [...query.notIds] } }] } });
  // The address is stored and not indexed: it is read from each document, for a question that is rare.
  term('storedUrl', query.url);
  if (query.seenFrom !== undefined || query.seenTo !== undefined) {
    filter.push({
      range: {
        seenAt: {
          ...(query.seenFrom === undefined ? {} : { gte: query.seenFrom }),
          ...(query.seenTo === undefined ? {} : { lt: query.seenTo }),
          format: 'epoch_millis',
        },
      },
    });
  }
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

/** Makes the stored address of each document a field for one question. */
const STORED_URL: Record<string, estypes.MappingRuntimeField> = {
  storedUrl: {
    type: 'keyword',
    script: { source: "def url = params._source.get('url'); if (url != null) { emit(url.toString()) }" },
  },
};

/** The fields that exist for this question alone; most need none. */
export function fieldsFor(query: PostQuery): { runtime_mappings?: Record<string, estypes.MappingRuntimeField> } {
  const fields = { ...(query.url === undefined ? {} : STORED_URL), ...writtenFields(query) };
  return Object.keys(fields).length === 0 ? {} : { runtime_mappings: fields };
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
