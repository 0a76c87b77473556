import { setTimeout as pause } from 'node:timers/promises';
import { documentOf, refusalOf } from '../../../pipelines/domain/post-document.ts';
import type { PostDocument } from '../../../pipelines/domain/post-document.ts';
import {
  checkSpan,
  COUNTED_EXACTLY,
  cursorAfter,
  filledBuckets,
  limitOf,
  positionOf,
} from '../../../pipelines/ports/post-query.ts';
import { StampMismatch, StoreUnavailable } from '../../../pipelines/ports/post-store.ts';
import type { RestampedStore, RejectedByStore, StoredPost } from '../../../pipelines/ports/post-store.ts';
import { amendPosts } from './amend.ts';
import { BulkWriter } from './bulk-writer.ts';
import type { Patience } from './bulk-writer.ts';
import { clientOf, type ElasticsearchOptions } from './client.ts';
import { unavailable } from './faults.ts';
import { PostIndices } from './post-indices.ts';
import { tallyPosts } from './tally.ts';
import { fieldsFor, filtersOf, histogramOf } from './query.ts';
import type { TimeBucket } from './query.ts';

/** PostStore on Elasticsearch 9. Errors of the cluster are StoreUnavailable; wrong questions are RangeErrors. */
export function openElasticsearchStore(options: ElasticsearchOptions): RestampedStore {
  const client = clientOf(options);
  const indices = new PostIndices(client, options.prefix ?? 'wenbida', options.replicas ?? 0);
  const patience: Patience = { sleep: (ms) => pause(ms), random: Math.random, attempts: 6, ...options.patience };
  const writer = new BulkWriter(client, patience, (index) => indices.create(index));
  const readable = { index: indices.alias, ignore_unavailable: true, allow_no_indices: true } as const;
  const open = openedOnce();
  return {
    name: 'elasticsearch',
    open: (stamp) =>
      guarded('opening the index', async () => {
        await indices.install(stamp);
        open.now();
      }),
    restamp: (stamp) =>
      guarded('stamping the index', async () => {
        await indices.restamp(stamp);
        open.now();
      }),
    save: (posts) =>
      guarded('saving posts', async () => {
        open.check();
        const rejected: RejectedByStore[] = [];
        const documents: PostDocument[] = [];
        for (const post of posts) {
          const document = documentOf(post);
          const because = refusalOf(document);
          if (because === undefined) documents.push(document);
          else rejected.push({ id: post.id, because });
        }
        const places = await indices.place(documents);
        const rows = documents.map((document) => ({
          id: document.id,
          index: places.get(document.id) ?? indices.alias,
          version: Math.max(0, document.seenAt),
          json: JSON.stringify(document),
        }));
        for (const { id, because } of await writer.write(rows)) rejected.push({ id: id as StoredPost['id'], because });
        return rejected;
      }),
    amend: (amendments) =>
      guarded('amending posts', async () => {
        open.check();
        return amendments.length === 0 ? [] : await amendPosts(client, indices, writer, amendments);
      }),
    find: (query) => {
      return guarded('searching', async () => {
        open.check();
        const limit = limitOf(query);
        const after = query.after === undefined ? undefined : positionOf(query.after);
        const answer = await client.search<StoredPost>({
          ...readable,
          allow_partial_search_results: false,
          query: filtersOf(query),
          ...fieldsFor(query),
          sort: [{ time: { order: 'desc', format: 'epoch_millis' } }, { id: 'asc' }],
          ...(after === undefined ? {} : { search_after: [after.time, after.id] }),
          size: limit + 1,
          track_total_hits: COUNTED_EXACTLY,
          _source_excludes: ['words', 'path', 'first'],
        });
        const found = answer.hits.hits.flatMap((hit) => (hit._source === undefined ? [] : [hit._source]));
        const posts = found.slice(0, limit);
        const last = posts.at(-1);
        const total = typeof answer.hits.total === 'object' ? answer.hits.total : { value: 0, relation: 'eq' };
        return {
          posts,
          total: total.value,
          atLeast: total.relation === 'gte',
          ...(found.length > limit && last !== undefined ? { next: cursorAfter(last) } : {}),
        };
      });
    },
    histogram: (query, stepMs) =>
      guarded('counting over time', async () => {
        open.check();
        checkSpan(query.from, query.to, stepMs);
        const answer = await client.search<never, { over_time?: { buckets: readonly TimeBucket[] } }>({
          ...readable,
          allow_partial_search_results: false,
          query: filtersOf(query),
          ...fieldsFor(query),
          size: 0,
          track_total_hits: false,
          aggs: histogramOf(query.from, stepMs),
        });
        const buckets = (answer.aggregations?.over_time?.buckets ?? []).map((bucket) => ({
          at: bucket.key,
          posts: bucket.doc_count,
          distinct: bucket.distinct.value,
          negative: bucket.negative.doc_count,
          needs: bucket.needs.doc_count,
        }));
        return filledBuckets(buckets, query.from, query.to, stepMs);
      }),
    tally: (query, by) =>
      guarded('counting by kind', async () => {
        open.check();
        return await tallyPosts(client, readable, query, by);
      }),
    count: () => guarded('counting posts', async () => (await client.count(readable)).count),
    ping: () =>
      guarded('asking for its health', async () => {
        const health = await client.cluster.health({ index: indices.pattern, timeout: '2s' });
        if (health.status === 'red') throw new StoreUnavailable('Elasticsearch is red: shards of posts are missing');
      }),
    close: () => client.close(),
  };
}

/** A wrong question and another tokeniser are the caller's to know; all else means the store can't serve now. */
async function guarded<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RangeError || error instanceof StampMismatch) throw error;
    throw unavailable(doing, error);
  }
}

function openedOnce(): { now(): void; check(): void } {
  let open = false;
  return {
    now: () => (open = true),
    check() {
      if (!open) throw new StoreUnavailable('the index was not opened yet: call open(stamp) first');
    },
  };
}
