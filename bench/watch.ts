import { FoldIndex } from '../pipelines/1-intake/fold.ts';
import { foldPosts } from '../pipelines/1-intake/fold-posts.ts';
import { Detector } from '../pipelines/4-watch/detect.ts';
import type { Post, PostId, UnderstoodPost } from '../pipelines/domain/post.ts';
import { understanding } from '../pipelines/pipeline.ts';
import { openUnderstanding } from '../server/open-understanding.ts';
import { corpusOf, type BenchPost } from './corpus.ts';
import { machine, round, type Report } from './figure.ts';

const TEXTS = 50_000;
const BATCH = 500;
const START = Date.UTC(2026, 10, 1);
/** Ten posts a second. */
const GAP = 100;
const MB = 2 ** 20;

/**
 * Folding and watching alone, on posts already understood, in one thread. The texts come again and again, each time told of
 * other places and with another signature, so that every round brings distinct posts.
 *
 * @param posts how many are watched; 10,000,000 is what the bar asks for and takes some ten minutes
 */
export async function benchWatch(posts: number, report: Report): Promise<void> {
  const corpus = await corpusOf(TEXTS, START);
  const { parts } = await openUnderstanding({});
  const understand = understanding(parts);
  const texts: UnderstoodPost[] = [];
  for (let at = 0; at < corpus.posts.length; at += BATCH)
    texts.push(...understand(corpus.posts.slice(at, at + BATCH).map(toPost)));
  const folding = foldPosts(new FoldIndex(), (_, id) => id as PostId);
  const detector = new Detector({ names: parts.gazetteer });
  const before = process.memoryUsage().rss;
  const cpu = process.cpuUsage();
  let [opened, most] = [0, before];
  for (let at = 0; at < posts; at += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, posts - at) }, (_, next) => again(texts, at + next));
    opened += detector.watch(folding(batch)).events.filter(({ event }) => event === 'opened').length;
    if (at % 50_000 === 0) most = Math.max(most, process.memoryUsage().rss);
  }
  const spent = process.cpuUsage(cpu);
  const rate = posts / ((spent.user + spent.system) / 1e6);
  const grown = (Math.max(most, process.memoryUsage().rss) - before) / MB;
  const note = `${posts} posts of ${TEXTS} texts, ${corpus.from}, ${opened} opened, ${machine()}`;
  report({
    bench: 'watch',
    name: 'understood posts folded and watched in a CPU second',
    value: round(rate, 0),
    unit: 'posts/s',
    bar: '≥ 20000',
    ok: rate >= 20_000,
    note,
  });
  report({
    bench: 'watch',
    name: 'memory folding and watching took',
    value: round(grown, 0),
    unit: 'MiB',
    bar: '≤ 300',
    ok: grown <= 300,
    note,
  });
}

const toPost = ({ id, text, author }: BenchPost, at: number): Post => ({
  id: id as PostId,
  platform: 'bench',
  nativeId: id,
  kind: 'post',
  text,
  time: START + at * GAP,
  seenAt: START + at * GAP,
  source: 'bench',
  author: { key: author.key, kind: 'ordinary' },
});

/** The `number`-th post of the endless stream: a text of the corpus, told of another post's place. */
function again(texts: readonly UnderstoodPost[], number: number): UnderstoodPost {
  const turn = Math.floor(number / texts.length);
  const post = texts[number % texts.length]!;
  const place = texts[(number + turn * 7_919) % texts.length]!;
  const time = START + number * GAP;
  return {
    ...post,
    id: `${turn}-${post.id}` as PostId,
    time,
    seenAt: time,
    region: place.region,
    signature: post.signature.map((value) => value ^ turn),
  };
}
