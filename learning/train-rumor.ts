import {
  claimCues,
  claimOf,
  gated,
  hearsay,
  rumorAtZero,
  sourceNumbers,
} from '../pipelines/2-understand/judge-rumor.ts';
import type { AuthorKind } from '../pipelines/domain/post.ts';
import type { RumorRow } from './data-sets.ts';
import { dense } from './dense.ts';
import { classWeights, scoreTexts, trainHead, type TrainedHead } from './heads.ts';
import { trainLinear } from './linear.ts';
import type { CueReader } from './silver.ts';
import { type Features, type Vocabulary } from './vocabulary.ts';

export interface TrainedRumor {
  readonly head: TrainedHead;
  /** `rumor.known` and `rumor.unknown`: see judgeRumor. */
  readonly numbers: Record<string, number[]>;
  /** The logit of each row at 0 h, as a model that had not seen it says it. */
  readonly logits: readonly number[];
}

/** The older half of the rows counts half: what is passed round changes, and so does how much of it is rumor. */
const HALF_LIFE = 0.5;
const FOLDS = 5;

export const authorOf = (row: RumorRow): { key: string; kind: AuthorKind; followersLog10?: number } | undefined =>
  row.author_verified === null
    ? undefined
    : {
        key: '',
        kind: row.author_verified ? 'verified' : 'ordinary',
        ...(row.author_followers_log10 === null ? {} : { followersLog10: row.author_followers_log10 }),
      };

/** Ordinary posts count less than the judged ones: they only say what nobody would check. */
const ORDINARY_WEIGHT = 0.5;

/** The rumor column: words of the source post. */
export function trainRumorWords(
  texts: readonly Features[],
  labels: readonly number[],
  vocabulary: Vocabulary,
  ordinary: readonly Features[] = [],
): TrainedHead {
  return trainHead(
    {
      name: 'rumor',
      columns: [null, 'rumor'],
      texts: [...texts, ...ordinary],
      labels: [...labels, ...ordinary.map(() => 0)],
      rowWeights: Float32Array.from([...classWeights(labels, 2, 1), ...ordinary.map(() => ORDINARY_WEIGHT)]),
      by: { rounds: 10, step: 0.1, penalty: 1e-4 },
    },
    vocabulary,
  );
}

/** The rumor column's score of each text. */
export const wordScores = (texts: readonly Features[], vocabulary: Vocabulary, head: TrainedHead): number[] =>
  scoreTexts(texts, vocabulary, head).map((scores) => scores[0] as number);

/** Five spans of time; each is scored by words learned on the other four. */
function outOfFold(
  texts: readonly Features[],
  labels: readonly number[],
  vocabulary: Vocabulary,
  ordinary: readonly Features[],
): number[] {
  const scores: number[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const isHeld = (at: number): boolean => Math.floor((at * FOLDS) / texts.length) === fold;
    const rest = texts.flatMap((text, at) => (isHeld(at) ? [] : [{ text, label: labels[at] as number }]));
    const head = trainRumorWords(
      rest.map((each) => each.text),
      rest.map((each) => each.label),
      vocabulary,
      ordinary,
    );
    scores.push(
      ...wordScores(
        texts.filter((_, at) => isHeld(at)),
        vocabulary,
        head,
      ),
    );
  }
  return scores;
}

/** Balanced, and recent rows first. Rows are oldest first. */
export const recentFirst = (labels: readonly number[]): Float32Array =>
  classWeights(labels, 2, 1).map((weight, at) => weight * 0.5 ** ((1 - (at + 1) / labels.length) / HALF_LIFE));

const difference = (weights: Float64Array, input: number): number =>
  (weights[input * 2 + 1] as number) - (weights[input * 2] as number);

/** @param rows oldest first, `texts` beside them. */
export function fitRumor(
  rows: readonly RumorRow[],
  texts: readonly Features[],
  vocabulary: Vocabulary,
  cues: CueReader,
  ordinary: readonly Features[] = [],
): TrainedRumor {
  const labels = rows.map((row) => row.label);
  const words = outOfFold(texts, labels, vocabulary, ordinary);
  const cueSums = rows.map((row) => hearsay(cues.of(row.text)));
  const sources = rows.map((row) => sourceNumbers(authorOf(row)));
  const targets = new Float32Array(rows.length * 2);
  labels.forEach((label, at) => (targets[at * 2 + label] = 1));
  const fit = (inputs: number[][]): Float64Array =>
    trainLinear(dense(inputs), targets, { classes: 2, c: 1, rowWeights: recentFirst(labels) }).weights;
  const known = fit(rows.map((_, at) => [words[at] as number, cueSums[at] as number, ...(sources[at] as number[])]));
  const unknown = fit(rows.map((_, at) => [words[at] as number, cueSums[at] as number]));
  const k = (input: number): number => difference(known, input);
  const logits = rows.map(
    (_, at) =>
      k(4) +
      k(0) * (words[at] as number) +
      k(1) * (cueSums[at] as number) +
      k(2) * ((sources[at] as number[])[0] as number) +
      k(3) * ((sources[at] as number[])[1] as number),
  );
  return {
    head: trainRumorWords(texts, labels, vocabulary, ordinary),
    numbers: {
      'rumor.known': [k(4), k(0), k(1), k(2), k(3), 0.5],
      'rumor.unknown': [difference(unknown, 2), difference(unknown, 0), difference(unknown, 1), 0, 0, 0.5],
    },
    logits,
  };
}

/** The logit of one post at 0 h by a trained model, before the gate. */
export function rumorLogit(
  row: RumorRow,
  text: Features,
  vocabulary: Vocabulary,
  trained: TrainedRumor,
  cues: CueReader,
): number {
  const words = wordScores([text], vocabulary, trained.head)[0] as number;
  const numbers = trained.numbers as Record<'rumor.known' | 'rumor.unknown', number[]>;
  const layers = {
    known: Float32Array.from(numbers['rumor.known']),
    unknown: Float32Array.from(numbers['rumor.unknown']),
  };
  return rumorAtZero(words, hearsay(cues.of(row.text)), authorOf(row), layers);
}

/** See claimOf. The bias lets more through than the balanced column would: a rumor shut out costs more than a look. */
export const CLAIM_MIX = [0.5, 1, 2] as const;

/** How far one post claims anything, 0…1, by a trained claim column. */
export function claimShare(
  row: Pick<RumorRow, 'text'>,
  text: Features,
  vocabulary: Vocabulary,
  claim: TrainedHead,
  cues: CueReader,
): number {
  const column = wordScores([text], vocabulary, claim)[0] as number;
  return claimOf(column, claimCues(cues.of(row.text)), Float32Array.from(CLAIM_MIX));
}

/** The published score as a logit, so that thresholds stay at 0. */
export function gatedLogit(logit: number, claim: number): number {
  const score = Math.min(1 - 1e-9, Math.max(1e-9, gated(logit, claim)));
  return Math.log(score / (1 - score));
}
