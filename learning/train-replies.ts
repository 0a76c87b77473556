import type { Cue, Weights } from '../pipelines/ports/weights.ts';
import { ReplyReader, replyScore, REPLY_NUMBERS, type Reply } from '../pipelines/2-understand/rumor-over-time.ts';
import { readCascades, readRumors, type RumorRow } from './data-sets.ts';
import { dense } from './dense.ts';
import { trainHead, type TrainedHead } from './heads.ts';
import { trainLinear } from './linear.ts';
import { recentFirst, wordScores } from './train-rumor.ts';
import { buildVocabulary, type Features, type Vocabulary } from './vocabulary.ts';

/** Replies are judged as they would have stood at these waiting times, in seconds. */
export const WAITS = [900, 3_600, 21_600, 86_400] as const;

export interface Parts {
  readonly folding: Uint16Array;
  readonly cues: readonly Cue[];
}

export interface ReplyExample {
  readonly row: number;
  readonly label: 0 | 1;
  readonly features: Features;
  readonly numbers: Float64Array;
}

/** The replies of one post that had come by then, oldest first. */
export const repliesBy = (reposts: readonly (readonly [number, number, number, string])[], wait: number): Reply[] =>
  reposts
    .filter(([seconds]) => seconds <= wait)
    .map(([afterSeconds, , , text]) => ({ afterSeconds, text }))
    .sort((a, b) => a.afterSeconds - b.afterSeconds);

export function readReplyExamples(
  data: string,
  rows: readonly RumorRow[],
  parts: Parts,
  waits: readonly number[],
): ReplyExample[] {
  const cascades = readCascades(data);
  const reader = new ReplyReader(parts satisfies Pick<Weights, 'folding' | 'cues'>);
  return rows.flatMap((row, at) =>
    waits.flatMap((wait): ReplyExample[] => {
      const replies = repliesBy(cascades.get(row.id) ?? [], wait);
      if (replies.length === 0) return [];
      reader.read(replies);
      const features = Uint32Array.from(new Set(reader.features.hashes.subarray(0, reader.features.count)));
      return [{ row: at, label: row.label, features, numbers: Float64Array.from(reader.numbers) }];
    }),
  );
}

export interface TrainedReplies {
  readonly vocabulary: Vocabulary;
  readonly head: TrainedHead;
  readonly numbers: Record<string, number[]>;
}

const FOLDS = 5;

const trainWords = (examples: readonly ReplyExample[], vocabulary: Vocabulary): TrainedHead =>
  trainHead(
    {
      name: 'replies',
      columns: [null, 'rumor'],
      texts: examples.map((each) => each.features),
      labels: examples.map((each) => each.label),
      by: { rounds: 4, step: 0.1, penalty: 1e-5 },
    },
    vocabulary,
  );

/**
 * Words of the replies, then a layer over them, the post's own score and the reply numbers. What the layer learns from
 * is out of fold in time: each of five spans of time is scored by words learned on the others.
 *
 * @param atZero the out-of-fold logit of each post at 0 h, by position in `rows`.
 */
export function fitReplies(examples: readonly ReplyExample[], atZero: readonly number[]): TrainedReplies {
  const vocabulary = buildVocabulary([{ texts: examples.map((each) => each.features), least: 6 }]);
  const spans = 1 + Math.max(...examples.map((each) => each.row));
  const foldOf = (example: ReplyExample): number => Math.floor((example.row * FOLDS) / spans);
  const outOfFold = new Map<ReplyExample, number>();
  for (let fold = 0; fold < FOLDS; fold++) {
    const held = examples.filter((each) => foldOf(each) === fold);
    const head = trainWords(
      examples.filter((each) => foldOf(each) !== fold),
      vocabulary,
    );
    wordScores(
      held.map((each) => each.features),
      vocabulary,
      head,
    ).forEach((score, i) => outOfFold.set(held[i] as ReplyExample, score));
  }
  const inputs = examples.map((each) => [atZero[each.row] as number, outOfFold.get(each) as number, ...each.numbers]);
  const targets = new Float32Array(examples.length * 2);
  examples.forEach((each, i) => (targets[i * 2 + each.label] = 1));
  const layer = trainLinear(dense(inputs), targets, {
    classes: 2,
    c: 1,
    rowWeights: recentFirst(examples.map((each) => each.label)),
  });
  const width = 2 + REPLY_NUMBERS.length;
  const at = (input: number): number => (layer.weights[input * 2 + 1] as number) - (layer.weights[input * 2] as number);
  const numbers = [at(width), at(0), at(1), 0.5, ...REPLY_NUMBERS.map((_, k) => at(2 + k))];
  return { vocabulary, head: trainWords(examples, vocabulary), numbers: { 'rumor.replies': numbers } };
}

export function trainReplies(
  data: string,
  parts: Parts,
  atZero: readonly number[],
  say: (line: string) => void,
): TrainedReplies {
  const rows = readRumors(data);
  const examples = readReplyExamples(data, rows, parts, WAITS);
  say(`replies: ${examples.length} examples of ${rows.length} posts at ${WAITS.length} waiting times`);
  return fitReplies(examples, atZero);
}

/** The logit of one post with the replies that have come, by a trained model. */
export function replyLogit(
  reader: ReplyReader,
  replies: readonly Reply[],
  atZero: number,
  trained: TrainedReplies,
): number {
  reader.read(replies);
  const features = Uint32Array.from(new Set(reader.features.hashes.subarray(0, reader.features.count)));
  const words = wordScores([features], trained.vocabulary, trained.head)[0] as number;
  const layer = trained.numbers['rumor.replies'] as number[];
  return replyScore(Float32Array.from(layer), atZero, words, reader.numbers);
}
