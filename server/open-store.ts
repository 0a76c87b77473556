import { join } from 'node:path';
import type { IncidentStore } from '../pipelines/ports/incident-store.ts';
import type { RestampedStore } from '../pipelines/ports/post-store.ts';
import { openEmbeddedStore } from './adapters/embedded/embedded-store.ts';
import { openIncidentFile } from './adapters/embedded/incident-file.ts';
import type { Config } from './config.ts';

/**
 * The search store of a deployment, by its configuration. The client of Elasticsearch is only loaded where it is used: it takes
 * longer to load than all the rest of the server together.
 */
export async function openPostStore(config: Config): Promise<RestampedStore> {
  if (config.elasticsearchUrl === undefined) return openEmbeddedStore({ dir: join(config.varDir, 'posts') });
  const { openElasticsearchStore } = await import('./adapters/elasticsearch/elasticsearch-store.ts');
  return openElasticsearchStore(clusterOf(config, config.elasticsearchUrl));
}

/** Where its past incidents are searched: the same store, in an index of their own. */
export async function openIncidentStore(config: Config): Promise<IncidentStore> {
  if (config.elasticsearchUrl === undefined) return openIncidentFile(join(config.varDir, 'posts', 'incidents.db'));
  const { openIncidentIndex } = await import('./adapters/elasticsearch/incident-index.ts');
  return openIncidentIndex(clusterOf(config, config.elasticsearchUrl));
}

const clusterOf = ({ elasticsearchApiKey: apiKey }: Config, url: string): { url: string; apiKey?: string } => ({
  url,
  ...(apiKey === undefined ? {} : { apiKey }),
});
