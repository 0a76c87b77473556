import { corpusOf } from './corpus.ts';
import { CutCost } from './cut-cost.ts';
import { startServer, type ChildServer } from './child-server.ts';
import { machine, round, type Report } from './figure.ts';

const BATCH = 500;
const IN_FLIGHT = 3;
const START = Date.UTC(2026, 10, 1);

/**
 * The whole pipeline as users have it: NDJSON over HTTP into a server process, until everything is searchable. The cost of a
 * post is the server's CPU over all threads, set against plain `nodejieba.cut` on the same texts in the same run.
 */
export async function benchPipeline(posts: number, report: Report, env: Record<string, string>): Promise<void> {
  const corpus = await corpusOf(posts, START);
  const bench = env.ELASTICSEARCH_URL === '' ? 'pipeline' : 'elasticsearch';
  const note = `${posts} posts, ${corpus.from}, ${machine()}`;
  const cutting = await CutCost.of(corpus);
  const cut = cutting.alone();
  const server = await startServer(env);
  try {
    report({
      bench,
      name: 'start to ready',
      value: round(server.readyMs / 1000, 2),
      unit: 's',
      bar: '≤ 5',
      ok: server.readyMs <= 5000,
      note,
    });
    await server.post([{ ...corpus.posts[0], id: 'warm-up' }]);
    await server.drained();
    const cpu = server.cpu();
    const stopCutting = cutting.watch();
    const began = performance.now();
    let accepted = 0;
    let next = 0;
    const feed = async (): Promise<void> => {
      while (next < corpus.posts.length) {
        const rows = corpus.posts.slice(next, next + BATCH);
        next += BATCH;
        const answer = await server.post(rows);
        accepted += answer.accepted;
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, feed));
    const acceptedMs = performance.now() - began;
    await server.drained();
    const seconds = (performance.now() - began) / 1000;
    stopCutting();
    const perPost = ((server.cpu() - cpu) / posts) * 1e6;
    const rate = posts / seconds;
    const least = bench === 'pipeline' ? 2000 : 1000;
    report({
      bench,
      name: 'posts a second, accepted to searchable',
      value: round(rate, 0),
      unit: 'posts/s',
      bar: `≥ ${least}`,
      ok: rate >= least,
      note,
    });
    report({
      bench,
      name: 'posts a second, accepted',
      value: round(posts / (acceptedMs / 1000), 0),
      unit: 'posts/s',
      note,
    });
    report({ bench, name: 'CPU a post', value: round(perPost), unit: 'µs', note });
    report({ bench, name: 'CPU a post, nodejieba.cut alone', value: round(cut), unit: 'µs', note });
    report({
      bench,
      name: 'cost ratio',
      value: round(perPost / cut, 2),
      unit: '×',
      bar: '≤ 8',
      ok: perPost / cut <= 8,
      note,
    });
    const { beside } = cutting;
    report({ bench, name: 'CPU a post, nodejieba.cut beside the server', value: round(beside), unit: 'µs', note });
    report({ bench, name: 'cost ratio, side by side', value: round(perPost / beside, 2), unit: '×', note });
    const memory = server.memory();
    report({
      bench,
      name: 'memory after',
      value: round(memory.now, 0),
      unit: 'MB',
      bar: '≤ 600',
      ok: memory.now <= 600,
      note,
    });
    report({ bench, name: 'memory at its highest', value: round(memory.highest, 0), unit: 'MB', note });
    report({
      bench,
      name: 'accepted',
      value: accepted,
      unit: 'posts',
      bar: `= ${posts}`,
      ok: accepted === posts,
      note,
    });
    const stored = await settled(server, posts + 1);
    report({
      bench,
      name: 'lost or doubled in the store',
      value: Math.abs(stored - posts - 1),
      unit: 'posts',
      bar: '= 0',
      ok: stored === posts + 1,
      note,
    });
  } finally {
    await server.stop();
  }
}

/** Documents in the store, once it has settled. */
async function settled(server: ChildServer, expected: number): Promise<number> {
  let stored = Number.NaN;
  for (let tries = 0; tries < 100 && stored !== expected; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    stored = (await server.health()).store.posts ?? Number.NaN;
  }
  return stored;
}
