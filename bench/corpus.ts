import { createReadStream, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { packageRoot } from '../server/package-root.ts';
import { writeDrill } from '../server/drill/write-drill.ts';

export interface BenchPost {
  readonly id: string;
  readonly platform: string;
  readonly text: string;
  readonly time: string;
  readonly author: { readonly key: string };
}

export interface Corpus {
  /** Where the texts are from, to be printed with every figure. */
  readonly from: string;
  readonly posts: BenchPost[];
}

const SETS = ['ncov-weibo-10k/posts', 'cctv-weibo-2020h1/posts', 'taidi2020c/messages-4326', 'ced/posts'] as const;

/** The folder of real text, where there is one. */
export function dataDir(): string | undefined {
  const dir = process.env.WENBIDA_DATA ?? resolve(packageRoot(), '..', 'shared', 'data');
  return existsSync(join(dir, 'README.md')) ? dir : undefined;
}

async function* rows(path: string): AsyncGenerator<Record<string, unknown>> {
  for await (const line of createInterface({ input: createReadStream(path).pipe(createGunzip()), crlfDelay: Infinity }))
    if (line !== '') yield JSON.parse(line) as Record<string, unknown>;
}

/**
 * `count` posts a tenth of a second apart: real text where it is at hand (posts, messages, then reposts with words of their
 * own), else the drill's invented chatter under different seeds.
 */
export async function corpusOf(count: number, start: number): Promise<Corpus> {
  const data = dataDir();
  const texts = data === undefined ? drillTexts(count, start) : await realTexts(data, count);
  return {
    from: data === undefined ? 'invented chatter' : 'real posts, messages and reposts',
    posts: texts.map((text, at) => ({
      id: `bench-${at}`,
      platform: 'bench',
      text,
      time: new Date(start + at * 100).toISOString(),
      author: { key: `author-${at % 50_000}` },
    })),
  };
}

async function realTexts(data: string, count: number): Promise<string[]> {
  const texts: string[] = [];
  for (const set of SETS) {
    for await (const row of rows(join(data, `${set}.jsonl.gz`)))
      if (typeof row.text === 'string' && row.text.trim() !== '') texts.push(row.text);
  }
  const long = texts.length;
  for await (const row of rows(join(data, 'ced/cascades.jsonl.gz'))) {
    for (const repost of row.reposts as [number, number, number, string][])
      if (repost[3].trim().length >= 12) texts.push(repost[3]);
    if (texts.length > count * 1.2) break;
  }
  // Long and short mixed as a stream has them, by a stride that visits each once.
  const mixed: string[] = [];
  const every = Math.max(1, Math.floor(count / Math.min(count, long)));
  for (let at = 0, next = 0, short = long; mixed.length < count; at++) {
    if (at % every === 0 && next < long) mixed.push(texts[next++]!);
    else if (short < texts.length) mixed.push(texts[short++]!);
    else mixed.push(`${texts[at % texts.length]!} ${at}`);
  }
  return mixed.slice(0, count);
}

function drillTexts(count: number, start: number): string[] {
  const texts: string[] = [];
  for (let seed = 1; texts.length < count; seed++)
    for (const post of writeDrill({ start, seed })) texts.push(post.text);
  return texts.slice(0, count);
}
