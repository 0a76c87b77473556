import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MOODS, NEEDS, SENTIMENTS, type FoldedPost, type PostId } from '../pipelines/domain/post.ts';
import { EVERYTHING } from '../pipelines/domain/person.ts';
import { regionCode } from '../pipelines/domain/region.ts';
import { searchWords } from '../pipelines/domain/search-words.ts';
import { TIERS } from '../pipelines/domain/tier.ts';
import type { RestampedStore } from '../pipelines/ports/post-store.ts';
import { understanding } from '../pipelines/pipeline.ts';
import { openEmbeddedStore } from '../server/adapters/embedded/embedded-store.ts';
import { openElasticsearchStore } from '../server/adapters/elasticsearch/elasticsearch-store.ts';
import { loadRegionNames } from '../server/load-gazetteer.ts';
import { openUnderstanding } from '../server/open-understanding.ts';
import { buildSearch } from '../server/search-services.ts';
import { corpusOf } from './corpus.ts';
import { machine, percentile, round, type Report } from './figure.ts';

const POSTS = 500_000;
const TEXTS = 4_000;
const BATCH = 1_000;
const ASKED = 60;
const START = Date.UTC(2026, 10, 1);
const DAY = 86_400_000;
const PERIOD = 30 * DAY;
/** Evidence of two hundred incidents. */
const EVIDENCE = 20_000;
const BAR_MS = 1_000;
const idOf = (at: number): PostId => at.toString(16).padStart(64, '0') as PostId;

/**
 * 500,000 posts of thirty days; then sixty questions one after the other, each as the page asks it: two words, all facets (the rung's too)
 * and the histogram, over the last week. On Elasticsearch where
 * ELASTICSEARCH_URL names one, else on the embedded store.
 */
export async function benchSearch(report: Report): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'wenbida-bench-search-'));
  const url = process.env.ELASTICSEARCH_URL;
  const store =
    url === undefined || url === ''
      ? openEmbeddedStore({ dir, synchronous: 'NORMAL' })
      : openElasticsearchStore({ url, prefix: `bench-search-${process.pid}` });
  const texts = await understood();
  const dice = diceOf();
  const words = wordsOf(texts);
  const evidence = Array.from({ length: EVIDENCE }, (_, at) => ({
    post: idOf(at * (POSTS / EVIDENCE)),
    rung: TIERS[dice(TIERS.length)]!,
  }));
  try {
    await store.open('bench');
    await fill(store, texts, diceOf());
    while ((await store.count()) < POSTS) await new Promise((resolve) => setTimeout(resolve, 500));
    const search = buildSearch({
      clock: { now: () => START + PERIOD },
      store,
      pool: { cut: (text) => Promise.resolve([text]) },
      desk: { evidenceRungs: () => evidence, incident: () => undefined, evidence: () => [] },
      regions: loadRegionNames(),
      drill: false,
    });
    const question = { from: START + PERIOD - 7 * DAY, to: START + PERIOD };
    const spent: number[] = [];
    let found = 0;
    const cpu = process.cpuUsage();
    for (let at = 0; at < ASKED; at++) {
      const typed =
        at % 4 === 0 ? words[dice(words.length)]! : `${words[dice(words.length)]}|${words[dice(words.length)]}`;
      const begun = performance.now();
      const [facets] = await Promise.all([
        search.facets(EVERYTHING, typed, question),
        search.histogram(EVERYTHING, typed, question, 3 * 3_600_000),
      ]);
      spent.push(performance.now() - begun);
      found += facets.posts;
    }
    const used = process.cpuUsage(cpu);
    const cpuMs = round((used.user + used.system) / 1000 / ASKED);
    const note = `${POSTS} posts, ${ASKED} questions, ${Math.round(found / ASKED)} posts found on average, ${EVIDENCE} of evidence, ${cpuMs} ms of our CPU each, ${machine()}`;
    const figure = { bench: 'search', unit: 'ms' } as const;
    const p99 = percentile(spent, 99);
    report({
      ...figure,
      name: `words, facets and histogram, ${store.name}, p50`,
      value: round(percentile(spent, 50)),
      note,
    });
    report({
      ...{ ...figure, name: `words, facets and histogram, ${store.name}, p99`, value: round(p99) },
      ...{ bar: `≤ ${BAR_MS}`, ok: p99 <= BAR_MS, note },
    });
  } finally {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function understood(): Promise<readonly FoldedPost[]> {
  const { posts } = await corpusOf(TEXTS, START);
  const { parts } = await openUnderstanding({});
  const understand = understanding(parts);
  return posts.flatMap(({ id, text }) =>
    understand([
      {
        ...{ id: id as PostId, platform: 'bench', nativeId: id, kind: 'post', text, source: 'bench' },
        ...{ time: START, seenAt: START },
      },
    ]).map((post) => ({ ...post, group: post.id })),
  );
}

async function fill(
  store: RestampedStore,
  texts: readonly FoldedPost[],
  dice: (sides: number) => number,
): Promise<void> {
  const platforms = ['weibo', 'douyin', 'tieba', 'wechat', '12345'];
  const counties = ['410303', '410311', '410327100', '410329', '410305', '410381', '410100', '411302'].map(regionCode);
  for (let from = 0; from < POSTS; from += BATCH) {
    const batch = Array.from({ length: BATCH }, (_, next): FoldedPost => {
      const at = from + next;
      const of = dice(5);
      const id = idOf(at);
      const code = counties[dice(counties.length)]!;
      return {
        ...texts[dice(texts.length)]!,
        ...{ id, nativeId: id, platform: platforms[of]!, source: `source-${of}`, duty: [] },
        ...{ time: START + Math.floor((at / POSTS) * PERIOD), seenAt: START + PERIOD },
        group: dice(3) === 0 ? idOf(Math.max(0, at - 1 - dice(200))) : id,
        region: { code, name: code, confidence: 1, candidates: [{ code, weight: 1 }] },
        sentiment: { label: SENTIMENTS[dice(3)]!, score: 0.5, mood: MOODS[dice(MOODS.length)]! },
        need: { kind: dice(3) === 0 ? NEEDS[dice(NEEDS.length)]! : null, urgent: false, lifeAtRisk: false, score: 0.5 },
      };
    });
    await store.save(batch);
  }
}

/** Words that people would ask for: not single signs, not in hardly a text. */
function wordsOf(texts: readonly FoldedPost[]): string[] {
  const counts = new Map<string, number>();
  for (const { tokens } of texts)
    for (const word of new Set(searchWords(tokens))) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].flatMap(([word, count]) =>
    word.length > 1 && count >= 3 && count <= texts.length / 20 ? [word] : [],
  );
}

function diceOf(): (sides: number) => number {
  let seed = 20_261_128;
  return (sides) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return Math.floor((seed / 0x8000_0000) * sides);
  };
}
