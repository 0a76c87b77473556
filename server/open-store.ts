import { join } from 'node:path';
import type { PostStore } from '../pipelines/ports/post-store.ts';
import { openElasticsearchStore } from './adapters/elasticsearch/elasticsearch-store.ts';
import { openEmbeddedStore } from './adapters/embedded/embedded-store.ts';
import type { Config } from './config.ts';

/** The search store of a deployment, by its configuration. */
export const openPostStore = (config: Config): PostStore =>
  config.elasticsearchUrl === undefined
    ? openEmbeddedStore({ dir: join(config.varDir, 'posts') })
    : openElasticsearchStore({
        url: config.elasticsearchUrl,
        ...(config.elasticsearchApiKey === undefined ? {} : { apiKey: config.elasticsearchApiKey }),
      });
