import type { Post, Understanding } from '../domain/post.ts';
import type { Weights } from '../ports/weights.ts';
import { judgeFor, numbersOf } from './classify.ts';
import { CueFinder } from './find-cues.ts';
import { gated } from './judge-rumor.ts';
import { FeatureReader } from './read-features.ts';
import { TextReader } from './read-text.ts';
import { ColumnScorer } from './score-columns.ts';

export interface Reply {
  readonly text: string;
  /** Seconds since the post. */
  readonly afterSeconds: number;
}

const MOST_REPLIES = 60;
const MOST_SIGNS = 30;
/** A question stands within so many units of a reply, or does not count. */
const MOST_ASKED = 1_000;

/** What the replies say beside their words; the order is that of the model's layer. */
export const REPLY_NUMBERS = [
  'replies, log',
  'share with words',
  'share that ask for proof',
  'share that deny',
  'any denial',
  'share with a question mark',
  'median delay, log minutes',
  'mean length',
] as const;

/** Up to sixty replies with words, in order of time, the first thirty signs of each, one a line. */
export function repliesAsText(replies: readonly Reply[]): string {
  let text = '';
  let taken = 0;
  for (const reply of replies) {
    if (taken >= MOST_REPLIES) break;
    if (reply.text === '') continue;
    text += `${reply.text.slice(0, MOST_SIGNS)}\n`;
    taken++;
  }
  return text;
}

/** The layer over it all: [bias, post's own logit, words of the replies, threshold, then one weight a reply number]. */
export function replyScore(layer: Float32Array, atZero: number, words: number, numbers: Float64Array): number {
  let logit = (layer[0] as number) + (layer[1] as number) * atZero + (layer[2] as number) * words;
  for (let k = 0; k < numbers.length; k++) logit += (layer[4 + k] as number) * (numbers[k] as number);
  return logit;
}

/** Reads replies into features and numbers; one per thread. */
export class ReplyReader {
  readonly numbers = new Float64Array(REPLY_NUMBERS.length);
  readonly features = new FeatureReader();
  readonly #text: TextReader;
  readonly #cues: CueFinder;
  readonly #labels: readonly string[];

  constructor(weights: Pick<Weights, 'folding' | 'cues'>) {
    const cues = weights.cues.filter((cue) => cue.label.startsWith('reply.'));
    this.#text = new TextReader(weights.folding);
    this.#cues = new CueFinder(cues, weights.folding);
    this.#labels = cues.map((cue) => cue.label);
  }

  /** @param replies in order of time */
  read(replies: readonly Reply[]): void {
    this.#count(replies);
    this.#text.read(repliesAsText(replies));
    this.features.read(this.#text);
  }

  #count(replies: readonly Reply[]): void {
    let [worded, enquiries, denials, questions, signs, seen] = [0, 0, 0, 0, 0, 0];
    for (const reply of replies) {
      if (reply.text === '') continue;
      worded++;
      if (seen >= 200) continue;
      seen++;
      this.#text.read(reply.text.slice(0, MOST_SIGNS * 2));
      this.#cues.find(this.#text);
      let [asks, denies] = [false, false];
      for (let hit = 0; hit < this.#cues.count; hit++) {
        if (this.#labels[this.#cues.cues[hit] as number] === 'reply.denial') denies = true;
        else asks = true;
      }
      if (asks) enquiries++;
      if (denies) denials++;
      if (/[?？]/.test(reply.text.slice(0, MOST_ASKED))) questions++;
      signs += Math.min(reply.text.length, 60);
    }
    const of = Math.max(1, seen);
    const median = replies[replies.length >> 1]?.afterSeconds ?? 0;
    this.numbers.set([
      Math.log1p(replies.length) / 5,
      worded / Math.max(1, replies.length),
      Math.min(1, (5 * enquiries) / (of + 3)),
      Math.min(1, (5 * denials) / (of + 3)),
      Math.min(1, denials / 3),
      questions / of,
      Math.log1p(Math.max(0, median) / 60) / 7,
      signs / of / 30,
    ]);
  }
}

interface ReplyJudge {
  readonly reader: ReplyReader;
  readonly scorer: ColumnScorer;
}

const held = new WeakMap<Weights, ReplyJudge>();

function replyJudgeFor(weights: Weights): ReplyJudge {
  let judge = held.get(weights);
  if (judge === undefined) {
    judge = { reader: new ReplyReader(weights), scorer: new ColumnScorer(weights.replies) };
    held.set(weights, judge);
  }
  return judge;
}

/**
 * How far the replies show that there is a claim at all, 0…1: whoever asks for proof or denies has read one. So replies
 * can open the gate that the text alone left shut.
 *
 * @param numbers as in REPLY_NUMBERS
 */
export const doubtOf = (numbers: Float64Array): number => Math.max(numbers[2] as number, numbers[3] as number);

/**
 * Rumor needs-check again, once replies have come: what they say, how many ask or deny, how fast they came, beside the
 * post's own score, through the same gate as at 0 h unless the replies open it. Without replies the same as at 0 h.
 * Never a verdict.
 */
export function rumorWithReplies(
  weights: Weights,
  post: Pick<Post, 'text' | 'title' | 'author'>,
  replies: readonly Reply[],
): Understanding['rumor'] {
  const judge = judgeFor(weights);
  const atZero = judge.judge(post).rumor;
  if (replies.length === 0) return atZero;
  const { logit, claim } = judge.beforeGate;
  const { reader, scorer } = replyJudgeFor(weights);
  reader.read([...replies].sort((a, b) => a.afterSeconds - b.afterSeconds));
  const layer = numbersOf(weights, 'rumor.replies');
  const words = scorer.score(reader.features)[0] as number;
  const score = gated(replyScore(layer, logit, words, reader.numbers), claim + doubtOf(reader.numbers));
  return { score, needsCheck: score >= (layer[3] as number) };
}
