import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
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
/** Moments at which memory is looked at. */
const LOOKS = 10;

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
  const collect = collector();
  collect();
  const before = process.memoryUsage();
  const folding = foldPosts(new FoldIndex(), (_, id) => id as PostId);
  const detector = new Detector({ names: parts.gazetteer });
  const looks = new Set(
    Array.from({ length: LOOKS }, (_, at) => Math.ceil((posts * (at + 1)) / LOOKS / BATCH) * BATCH),
  );
  const live: number[] = [];
  let [opened, micros, wall] = [0, 0, 0];
  for (let at = 0; at < posts; at += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, posts - at) }, (_, next) => again(texts, at + next));
    const [cpu, began] = [process.cpuUsage(), performance.now()];
    opened += detector.watch(folding(batch)).events.filter(({ event }) => event === 'opened').length;
    wall += performance.now() - began;
    const { user, system } = process.cpuUsage(cpu);
    micros += user + system;
    if (!looks.has(at + BATCH)) continue;
    collect();
    const now = process.memoryUsage();
    live.push((now.heapUsed - before.heapUsed + now.arrayBuffers - before.arrayBuffers) / MB);
  }
  const note = `${posts} posts of ${TEXTS} texts, ${corpus.from}, ${opened} opened, ${machine()}`;
  const perSecond = (name: string, rate: number): void =>
    report({
      bench: 'watch',
      name: `understood posts folded and watched in a ${name}`,
      value: round(rate, 0),
      unit: 'posts/s',
      bar: '≥ 20000',
      ok: rate >= 20_000,
      note,
    });
  perSecond('CPU second', posts / (micros / 1e6));
  perSecond('second, the machine shared with whatever else runs', posts / (wall / 1e3));
  const most = Math.max(...live);
  report({
    bench: 'watch',
    name: 'memory that folding and watching hold, at most',
    value: round(most, 0),
    unit: 'MiB',
    bar: '≤ 300',
    ok: most <= 300,
    note: `after collecting, at ${LOOKS} moments: ${live.map((size) => size.toFixed(0)).join(' ')}; the process stands at ${(process.memoryUsage().rss / MB).toFixed(0)} MiB, ${note}`,
  });
}

/** Collects garbage at once: what is not needed any more is no memory that something takes. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
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
