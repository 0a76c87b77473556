import { join } from 'node:path';
import type { IncidentStore } from '../pipelines/ports/incident-store.ts';
import type { PostStore } from '../pipelines/ports/post-store.ts';
import { openElasticsearchStore } from './adapters/elasticsearch/elasticsearch-store.ts';
import { openIncidentIndex } from './adapters/elasticsearch/incident-index.ts';
import { openIncidentFile } from './adapters/embedded/incident-file.ts';
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

/** Where its past incidents are searched: the same store, in an index of their own. */
export const openIncidentStore = (config: Config): IncidentStore =>
  config.elasticsearchUrl === undefined
    ? openIncidentFile(join(config.varDir, 'posts', 'incidents.db'))
    : openIncidentIndex({
        url: config.elasticsearchUrl,
        ...(config.elasticsearchApiKey === undefined ? {} : { apiKey: config.elasticsearchApiKey }),
      });
