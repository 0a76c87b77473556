import type { Post, UnderstoodPost } from '../../pipelines/domain/post.ts';
import { understanding, type UnderstandingParts } from '../../pipelines/pipeline.ts';
import { rumorWithReplies, type Reply } from '../../pipelines/2-understand/rumor-over-time.ts';
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { RefutationMatcher } from '../../pipelines/2-understand/match-refutation.ts';
import { openRefutations } from '../adapters/refutations/sqlite-refutations.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { openUnderstanding } from '../open-understanding.ts';
import { EXIT, jsonLines, reject, writeOut, type Streams } from './lines.ts';
import type { OfficeFlags } from './office-flags.ts';
import { readOffice } from './read-office.ts';
import { REFUTATIONS_FILE } from './refutations.ts';
import { readPost } from './read-post.ts';

export interface UnderstandOptions extends OfficeFlags {
  readonly replies?: boolean;
}

const BATCH = 500;
const round = (value: number): number => Math.round(value * 10_000) / 10_000;

/** One JSON line a post: its words, place, feeling, rumor, need and duty, each with its reasons. */
export async function understand(options: UnderstandOptions, streams: Streams): Promise<number> {
  const { config, understanding: office } = readOffice(options);
  const { parts, note } = await openUnderstanding(office);
  if (note !== undefined) streams.stderr.write(`提醒：${note}\n`);
  const refutations = matcherOf(config.varDir, parts);
  const run = understanding(parts);
  let rejected = 0;
  const broken = (line: number, because: string): void => {
    rejected++;
    reject(streams, line, because);
  };
  for await (const lines of jsonLines(streams.stdin, BATCH, broken)) {
    const posts: Post[] = [];
    const given: { id: unknown; replies: readonly Reply[] }[] = [];
    for (const { number, value } of lines) {
      const read = readPost(value, systemClock.now());
      if ('because' in read) {
        broken(number, read.because);
        continue;
      }
      posts.push(read.post);
      given.push({ id: read.id, replies: options.replies === true ? repliesOf(value) : [] });
    }
    let out = '';
    for (const [at, post] of run(posts).entries()) {
      const { id, replies } = given[at]!;
      const rumor = replies.length > 0 ? rumorWithReplies(parts.weights, post, replies) : post.rumor;
      const matches = refutations === undefined ? {} : { refutations: refutations.match(post.text, post.title) };
      out += `${JSON.stringify({ ...shown(post, id, rumor), ...matches })}\n`;
    }
    await writeOut(streams.stdout, out);
  }
  return rejected > 0 ? EXIT.rejected : EXIT.ok;
}

/** undefined where the office has imported no refutation: then no post says anything about them. */
function matcherOf(varDir: string, { weights, cut }: UnderstandingParts): RefutationMatcher | undefined {
  const path = join(varDir, REFUTATIONS_FILE);
  if (!existsSync(path)) return undefined;
  const store = openRefutations(path);
  try {
    const refutations = store.all();
    return refutations.length === 0 ? undefined : new RefutationMatcher(refutations, weights, cut);
  } finally {
    store.close();
  }
}

function shown(post: UnderstoodPost, id: unknown, rumor: UnderstoodPost['rumor']): Record<string, unknown> {
  const because: Record<string, unknown[]> = {};
  for (const { label, ...reason } of post.because) (because[label] ??= []).push(reason);
  return {
    id,
    tokens: post.tokens,
    region:
      post.region === null
        ? null
        : {
            code: post.region.code,
            name: post.region.name,
            confidence: round(post.region.confidence),
            candidates: post.region.candidates.map(({ code, weight }) => ({ code, weight: round(weight) })),
          },
    sentiment: { ...post.sentiment, score: round(post.sentiment.score) },
    rumor: { score: round(rumor.score), needsCheck: rumor.needsCheck },
    need: { ...post.need, score: round(post.need.score) },
    duty: post.duty,
    because,
  };
}

function repliesOf(value: unknown): Reply[] {
  if (typeof value !== 'object' || value === null || !('replies' in value) || !Array.isArray(value.replies)) return [];
  return value.replies.flatMap((reply: unknown): Reply[] => {
    if (typeof reply !== 'object' || reply === null || !('text' in reply) || typeof reply.text !== 'string') return [];
    const after = 'afterSeconds' in reply ? Number(reply.afterSeconds) : 0;
    return [{ text: reply.text, afterSeconds: Number.isFinite(after) ? after : 0 }];
  });
}
