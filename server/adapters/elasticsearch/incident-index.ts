import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client, estypes } from '@elastic/elasticsearch';
import { latestMapping, mappingHash, mappingName } from '../../../mappings/registry.ts';
import type { IncidentDocument } from '../../../pipelines/domain/incident-document.ts';
import { searchWords } from '../../../pipelines/domain/search-words.ts';
import type { CandidateQuery, IncidentStore } from '../../../pipelines/ports/incident-store.ts';
import { StampMismatch, StoreUnavailable } from '../../../pipelines/ports/post-store.ts';
import { BulkWriter } from './bulk-writer.ts';
import { clientOf, type ElasticsearchOptions } from './client.ts';
import { statusOf, unavailable } from './faults.ts';

/** IncidentStore on Elasticsearch 9: one index, named for its mapping and the tokeniser's stamp. */
export function openIncidentIndex(options: ElasticsearchOptions): IncidentStore {
  const client = clientOf(options);
  const version = latestMapping('incidents');
  const base = `${options.prefix ?? 'wenbida'}-${mappingName(version)}`;
  let index: string | undefined;
  const opened = (): string => {
    if (index === undefined) throw new StoreUnavailable('the incidents are not open yet: call open(stamp) first');
    return index;
  };
  const create = async (name: string): Promise<void> => {
    const { settings, mappings } = version;
    const body = {
      settings: {
        ...settings,
        number_of_shards: 1,
        number_of_replicas: options.replicas ?? 0,
        refresh_interval: '1s',
      },
      mappings: { ...mappings, _meta: { hash: mappingHash(version) } },
    } as const;
    try {
      await client.indices.create({ index: name, ...body });
    } catch (error) {
      if (statusOf(error) !== 400 || !String(error).includes('resource_already_exists_exception')) throw error;
    }
  };
  const writer = new BulkWriter(
    client,
    { sleep: (ms) => pause(ms), random: Math.random, attempts: 6, ...options.patience },
    create,
  );
  return {
    name: 'elasticsearch',
    open: (stamp, another = 'empty') =>
      guarded('opening the incidents', async () => {
        const name = `${base}-${createHash('sha256').update(stamp).digest('hex').slice(0, 12)}`;
        await clearOthers(client, base, name, another === 'empty');
        await create(name);
        index = name;
      }),
    put: (documents) =>
      guarded('saving incidents', async () => {
        const name = opened();
        const rows = documents.map((document) => ({
          id: document.id,
          index: name,
          version: document.revision,
          json: JSON.stringify(document),
        }));
        const [refused] = await writer.write(rows);
        if (refused !== undefined) throw new StoreUnavailable(`incident ${refused.id} is refused: ${refused.because}`);
      }),
    position: () =>
      guarded('asking how far incidents are', async () => {
        const name = opened();
        await client.indices.refresh({ index: name });
        const answer = await client.search<never, { highest: { value: number | null } }>({
          index: name,
          size: 0,
          track_total_hits: false,
          aggs: { highest: { max: { field: 'revision' } } },
        });
        return answer.aggregations?.highest.value ?? 0;
      }),
    candidates: (query) =>
      guarded('looking for precedents', async () => {
        const answer = await client.search<IncidentDocument>({
          index: opened(),
          allow_partial_search_results: false,
          query: questionOf(query),
          sort: [{ _score: { order: 'desc' } }, { openedAt: { order: 'desc' } }, { id: 'asc' }],
          size: query.limit,
          track_total_hits: false,
        });
        return answer.hits.hits.flatMap((hit) => (hit._source === undefined ? [] : [hit._source]));
      }),
    count: () => guarded('counting incidents', async () => (await client.count({ index: opened() })).count),
    close: () => client.close(),
  };
}

/** Each sign in common adds one to the score, and nothing else does. */
function questionOf({ words, kind, duty, within, scope, before }: CandidateQuery): { bool: estypes.QueryDslBoolQuery } {
  const sign = (field: string, value: string): estypes.QueryDslQueryContainer => ({
    constant_score: { filter: { term: { [field]: value } }, boost: 1 },
  });
  const filter: estypes.QueryDslQueryContainer[] = [{ range: { openedAt: { lt: before, format: 'epoch_millis' } } }];
  if (within !== null) filter.push({ term: { path: within } });
  if (scope.regions !== 'all')
    filter.push({
      bool: {
        should: [{ terms: { path: [...scope.regions] } }, { ids: { values: [...scope.incidents] } }],
        minimum_should_match: 1,
      },
    });
  const signs = [...new Set(searchWords(words))].map((word) => sign('words', word));
  return {
    bool: {
      filter,
      must_not: [{ term: { state: 'merged' } }],
      should: [...signs, sign('kind', kind), ...[...new Set(duty)].map((one) => sign('duty', one))],
      minimum_should_match: 1,
    },
  };
}

/** Incidents cut by another tokeniser, or of an older mapping, are filled anew from the desk. */
async function clearOthers(client: Client, base: string, keep: string, mayEmpty: boolean): Promise<void> {
  const pattern = `${base.replace(/-v\d+$/u, '')}-v*`;
  const found = await client.indices.get({ index: pattern, allow_no_indices: true, features: ['settings'] });
  const others = Object.keys(found).filter((name) => name !== keep);
  if (others.length === 0) return;
  if (!mayEmpty && !(keep in found))
    throw new StampMismatch(`the incidents were indexed with another tokeniser (${others[0]}): start the server once`);
  if (mayEmpty) await client.indices.delete({ index: others });
}

async function guarded<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StampMismatch) throw error;
    throw unavailable(doing, error);
  }
}
