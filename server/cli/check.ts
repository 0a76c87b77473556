import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { StoreUnavailable } from '../../pipelines/ports/post-store.ts';
import { readTaxonomy } from '../adapters/models/read-taxonomy.ts';
import { openElasticsearchStore } from '../adapters/elasticsearch/elasticsearch-store.ts';
import { checkTaxonomy } from '../check-taxonomy.ts';
import { readConfig, type Config, type Flags } from '../config.ts';
import { sayAccounts } from '../say-accounts.ts';
import { officeFiles } from '../office-files.ts';
import { loadGazetteer } from '../load-gazetteer.ts';
import { openUnderstanding } from '../open-understanding.ts';
import { sayRoutingCases } from './routing-cases.ts';
import { EXIT, type Streams } from './lines.ts';

const LEAST_FREE_MB = 500;

/** Config, accounts, places, models, disk and store, one JSON line each: {"what","ok","says"}. Exit code 1 where one is not ok. */
export async function check(flags: Flags, streams: Streams): Promise<number> {
  let faults = 0;
  const config = readConfig(process.env, flags);
  const look = async (what: string, say: () => string | Promise<string>): Promise<void> => {
    let line: { what: string; ok: boolean; says: string };
    try {
      line = { what, ok: true, says: await say() };
    } catch (error) {
      faults++;
      line = { what, ok: false, says: error instanceof Error ? error.message : String(error) };
    }
    streams.stdout.write(`${JSON.stringify(line)}\n`);
  };
  await look('config', () => `端口 ${config.port}，数据目录 ${config.varDir}，属地 ${config.home ?? '未设'}`);
  await look('accounts', () => sayAccounts(config));
  await look('routing-cases', () => sayRoutingCases(config));
  const files = officeFiles(config);
  const { places, taxonomy } = files;
  await look('places', () => {
    if (places === undefined) return `没有本单位地名表；可放在 ${join(config.varDir, 'places.txt')}`;
    return `${loadGazetteer(places).names.filter(({ own }) => own === true).length} 个本单位地名，${places}`;
  });
  await look('models', async () => {
    const { parts, provider, stamp, note } = await openUnderstanding(files);
    const { version, calibration } = parts.weights;
    const by = calibration === undefined ? (note ?? '未校准，照出厂') : `校准 ${calibration.version}`;
    return `模型 ${version}，${by}，分词 ${provider}（${stamp}）`;
  });
  await look('taxonomy', async () => {
    if (taxonomy === undefined) return `未设：自带词表，另可写 ${join(config.varDir, 'taxonomy.json')}`;
    const { parts } = await openUnderstanding({ taxonomy });
    return checkTaxonomy(parts.weights, readTaxonomy(taxonomy));
  });
  await look('disk', () => disk(config));
  await look('store', () => store(config));
  return faults > 0 ? EXIT.fault : EXIT.ok;
}

function disk(config: Config): string {
  mkdirSync(config.varDir, { recursive: true });
  accessSync(config.varDir, constants.W_OK);
  const { bavail, bsize } = statfsSync(config.varDir);
  const free = Math.floor((bavail * bsize) / 1_048_576);
  if (free < LEAST_FREE_MB) throw new Error(`${config.varDir} 只剩 ${free} MB，至少留 ${LEAST_FREE_MB} MB`);
  return `${config.varDir} 可写，剩 ${free} MB`;
}

async function store(config: Config): Promise<string> {
  if (config.elasticsearchUrl === undefined) return `内置存储，${join(config.varDir, 'posts')}`;
  const remote = openElasticsearchStore({
    url: config.elasticsearchUrl,
    ...(config.elasticsearchApiKey === undefined ? {} : { apiKey: config.elasticsearchApiKey }),
  });
  try {
    await remote.ping();
    return 'Elasticsearch 可写';
  } catch (error) {
    if (error instanceof StoreUnavailable) throw new Error(`Elasticsearch 不可用：${error.message}`, { cause: error });
    throw error;
  } finally {
    await remote.close();
  }
}
