import { createRequire } from 'node:module';
import { signatureOf } from '../pipelines/1-intake/signature.ts';
import { classify } from '../pipelines/2-understand/classify.ts';
import { locate } from '../pipelines/2-understand/locate.ts';
import { tokenise } from '../pipelines/2-understand/tokenise.ts';
import type { Post } from '../pipelines/domain/post.ts';
import { understanding } from '../pipelines/pipeline.ts';
import { openUnderstanding } from '../server/open-understanding.ts';
import { readStream } from './data-sets.ts';
import type { Figure } from './figure.ts';

interface Jieba {
  cut(text: string, hmm?: boolean): string[];
}

const SIGNS = 80;
const POSTS = 4_000;
const ROUNDS = 9;

type Work = () => unknown;

/**
 * Microseconds of processor time a post, each work's rounds taken in turn, so that a busy machine slows all alike: the best
 * round, and the median for how restless the machine was.
 */
function costs(works: Readonly<Record<string, Work>>): Map<string, { best: number; median: number }> {
  const rounds = new Map<string, number[]>(Object.keys(works).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, work] of Object.entries(works)) {
      const before = process.cpuUsage();
      work();
      rounds.get(name)?.push(process.cpuUsage(before).user / POSTS);
    }
  return new Map(
    [...rounds].map(([name, all]) => {
      all.sort((a, b) => a - b);
      return [name, { best: all[0] as number, median: all[ROUNDS >> 1] as number }];
    }),
  );
}

/**
 * What a worker thread does to posts of eighty signs (words, place, all heads, signature), one thread, against
 * nodejieba.cut on the same posts. "All heads" is everything but the cutting itself.
 */
export async function evaluateSpeed(data: string): Promise<Figure[]> {
  const joined = readStream(data)
    .map((row) => row.text)
    .join('');
  const posts = Array.from({ length: POSTS }, (_, at): Post => ({
    id: String(at) as Post['id'],
    platform: 'speed',
    nativeId: String(at),
    kind: 'post',
    text: joined.slice(at * SIGNS, (at + 1) * SIGNS),
    time: 0,
    seenAt: 0,
    source: 'speed',
  }));
  const { parts } = await openUnderstanding({ tokeniser: 'nodejieba' });
  // One thread holds one dictionary, so this is the product's own, place names and all.
  const jieba = createRequire(import.meta.url)('nodejieba') as Jieba;
  const tokens = new Map(posts.map(({ text }) => [text, parts.cut(text)]));
  const known = (text: string): string[] => tokens.get(text) ?? [];
  const tokenised = tokenise(known)(posts);
  const located = locate(parts.gazetteer)(tokenised);
  const whole = understanding(parts);
  const heads = understanding({ ...parts, cut: known });
  const place = locate(parts.gazetteer);
  const judged = classify(parts.weights, parts.cut);
  const measured = costs({
    'nodejieba.cut': () => posts.forEach(({ text }) => jieba.cut(text, true)),
    'everything, nodejieba.cut included': () => whole(posts),
    'all heads: place, feeling, rumor, need, duty, reasons, signature': () => heads(posts),
    'of it place': () => place(tokenised),
    'of it feeling, rumor, need, duty and their reasons': () => judged(located),
    'of it signature': () => posts.map(({ text }) => signatureOf(text)),
  });
  const cut = measured.get('nodejieba.cut')?.best ?? 0;
  const everything = measured.get('everything, nodejieba.cut included')?.best ?? 0;
  return [
    ...[...measured].map(([name, { best, median }]): Figure => ({
      head: 'speed',
      metric: `${name}, µs a post of ${SIGNS} signs (median ${median.toFixed(1)})`,
      value: best,
      n: POSTS,
      lowerIsBetter: true,
      ...(name.startsWith('all heads') ? { goal: cut } : {}),
    })),
    {
      head: 'speed',
      metric: 'posts a second on one thread, everything included',
      value: 1e6 / everything,
      n: POSTS,
      bar: 8_000,
    },
  ];
}
