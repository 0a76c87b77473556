import type { Client, estypes } from '@elastic/elasticsearch';
import type { TallyQuery } from '../../../pipelines/ports/post-store.ts';
import { checkTallyKeys, tidyTally, type TallyKey, type TallyRow } from '../../../pipelines/ports/post-tally.ts';
import { fieldsFor, filtersOf } from './query.ts';

/** Groups a page of the answer; ten thousand is what one request may hold. */
const PAGE = 5_000;

const sourceOf = (key: TallyKey): estypes.AggregationsCompositeAggregationSource =>
  key === 'day'
    ? { date_histogram: { field: 'time', calendar_interval: '1d', time_zone: 'Asia/Shanghai', format: 'yyyy-MM-dd' } }
    : { terms: { field: key, missing_bucket: true } };

interface Answer {
  readonly groups?: {
    readonly after_key?: Readonly<Record<string, estypes.FieldValue>>;
    readonly buckets: readonly {
      readonly key: Readonly<Record<string, string | number | boolean | null>>;
      readonly doc_count: number;
      readonly first: { readonly doc_count: number };
    }[];
  };
}

/** Every group there is, page after page, so that no count is cut or guessed. @throws RangeError, or what the client throws */
export async function tallyPosts(
  client: Client,
  readable: { readonly index: string; readonly ignore_unavailable: boolean; readonly allow_no_indices: boolean },
  query: TallyQuery,
  by: readonly TallyKey[],
): Promise<TallyRow[]> {
  checkTallyKeys(by);
  const rows: TallyRow[] = [];
  const sources = by.map((key, at) => ({ [`k${at}`]: sourceOf(key) }));
  let after: Readonly<Record<string, estypes.FieldValue>> | undefined;
  do {
    const answer: { readonly aggregations?: Answer } = await client.search<never, Answer>({
      ...readable,
      allow_partial_search_results: false,
      query: filtersOf(query),
      ...fieldsFor(query),
      size: 0,
      track_total_hits: false,
      aggs: {
        groups: {
          composite: { size: PAGE, sources, ...(after === undefined ? {} : { after }) },
          aggs: { first: { filter: { term: { first: true } } } },
        },
      },
    });
    const groups = answer.aggregations?.groups;
    for (const { key, doc_count, first } of groups?.buckets ?? []) {
      const keys = by.map((_, at) => {
        const value = key[`k${at}`] ?? null;
        return value === null ? null : String(value);
      });
      rows.push({ keys, posts: doc_count, first: first.doc_count });
    }
    after = groups?.after_key;
  } while (after !== undefined);
  return tidyTally(rows);
}
