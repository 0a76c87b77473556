import { createRequire } from 'node:module';
import { judge } from '../pipelines/2-understand/classify.ts';
import { loadWeights } from '../server/adapters/models/load-weights.ts';
import { readStream } from './data-sets.ts';
import type { Figure } from './figure.ts';

interface Jieba {
  cut(text: string, hmm?: boolean): string[];
}

const SIGNS = 80;
const ROUNDS = 5;

/** Microseconds of processor time a post, the best of some rounds: other work on the machine must not count. */
function cost(posts: readonly string[], work: (text: string) => unknown): number {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    for (const post of posts) work(post);
    best = Math.min(best, process.cpuUsage(before).user / posts.length);
  }
  return best;
}

/** All heads against nodejieba.cut on the same posts of eighty signs, one thread. */
export function evaluateSpeed(data: string): Promise<Figure[]> {
  const joined = readStream(data)
    .map((row) => row.text)
    .join('');
  const posts = Array.from({ length: 4_000 }, (_, i) => joined.slice(i * SIGNS, (i + 1) * SIGNS));
  const weights = loadWeights();
  const jieba = createRequire(import.meta.url)('nodejieba') as Jieba;
  const cut = cost(posts, (text) => jieba.cut(text, true));
  const heads = cost(posts, (text) => judge(weights, { text }));
  const n = posts.length;
  return Promise.resolve([
    { head: 'speed', metric: 'nodejieba.cut, µs a post of 80 signs', value: cut, n, lowerIsBetter: true },
    { head: 'speed', metric: 'all heads, µs a post', value: heads, n, goal: cut, lowerIsBetter: true },
    { head: 'speed', metric: 'posts a second, nodejieba and all heads', value: 1e6 / (cut + heads), n, bar: 8_000 },
  ]);
}
