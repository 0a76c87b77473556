import { join } from 'node:path';
import type { RestampedStore } from '../pipelines/ports/post-store.ts';
import { openEmbeddedStore } from './adapters/embedded/embedded-store.ts';
import type { Config } from './config.ts';

/**
 * The search store of a deployment, by its configuration. The client of Elasticsearch is only loaded where it is used: it takes
 * longer to load than all the rest of the server together.
 */
export async function openPostStore(config: Config): Promise<RestampedStore> {
  if (config.elasticsearchUrl === undefined) return openEmbeddedStore({ dir: join(config.varDir, 'posts') });
  const { openElasticsearchStore } = await import('./adapters/elasticsearch/elasticsearch-store.ts');
  return openElasticsearchStore({
    url: config.elasticsearchUrl,
    ...(config.elasticsearchApiKey === undefined ? {} : { apiKey: config.elasticsearchApiKey }),
  });
}
