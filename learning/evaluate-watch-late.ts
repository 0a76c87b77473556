/** Posts that come late: does a stream of which three in ten are up to 48 hours late give the incidents of the same stream in order? */
import type { UnderstandingParts } from '../pipelines/pipeline.ts';
import type { PostId, UnderstoodPost } from '../pipelines/domain/post.ts';
import { readBackground } from './background.ts';
import { byTime, DAYS, plantStream, START, STREAMS } from './evaluate-watch-planted.ts';
import type { Figure } from './figure.ts';
import { firstOpenings, share } from './planted-figures.ts';
import { livesOnIn, runPlanted, type Run } from './planted-run.ts';
import { random } from './random.ts';
import { understood } from './watch-stream.ts';

const LATE_SHARE = 0.3;
const LATEST = 48 * 3_600_000;
const SEED = 48;
const BATCH = 500;

/** On every twelfth cascade of the background, which is enough to say it and is understood once. */
export function evaluateLate(data: string, parts: UnderstandingParts): Figure[] {
  const background = readBackground(data, { from: START, days: DAYS, cascadeStep: 12 });
  const { planted, raws, plantedOf } = plantStream(parts, STREAMS[0]!);
  const posts = [...understood(parts, [...background, ...raws].sort(byTime))].flat();
  const inOrder = runPlanted(batchesOf(posts), parts.gazetteer, plantedOf, false);
  const late = runPlanted(batchesOf(delayed(posts)), parts.gazetteer, plantedOf, false);
  const [ours, theirs] = [membersOf(inOrder), membersOf(late)];
  const alike = (some: readonly ReadonlySet<PostId>[], all: readonly ReadonlySet<PostId>[]): number =>
    some.filter((one) => all.some((other) => jaccard(one, other) >= 0.5)).length;
  const what = `late: of the incidents found`;
  return [
    share(
      `${what} in order, found with 30 % up to 48 h late (half of their posts the same)`,
      alike(ours, theirs),
      ours.length,
    ),
    share(`${what} with 30 % late, found in order`, alike(theirs, ours), theirs.length),
    share('late: planted recall in order', firstOpenings(inOrder).size, planted.length),
    share('late: planted recall with 30 % late', firstOpenings(late).size, planted.length),
  ];
}

function* batchesOf(posts: readonly UnderstoodPost[]): Generator<readonly UnderstoodPost[]> {
  for (let at = 0; at < posts.length; at += BATCH) yield posts.slice(at, at + BATCH);
}

function delayed(posts: readonly UnderstoodPost[]): UnderstoodPost[] {
  const next = random(SEED);
  return posts
    .map((post) => ({ post, comes: post.time + (next() < LATE_SHARE ? LATEST * next() : 0) }))
    .sort((a, b) => a.comes - b.comes)
    .map(({ post }) => post);
}

function membersOf(run: Run): Set<PostId>[] {
  const members = new Map<string, Set<PostId>>();
  for (const [incident, posts] of run.evidence) {
    const id = livesOnIn(run, incident as Parameters<typeof livesOnIn>[1]);
    const all = members.get(id) ?? new Set();
    for (const post of posts) all.add(post);
    members.set(id, all);
  }
  return [...members.values()];
}

function jaccard(a: ReadonlySet<PostId>, b: ReadonlySet<PostId>): number {
  let both = 0;
  for (const post of a) if (b.has(post)) both++;
  return both / (a.size + b.size - both);
}
