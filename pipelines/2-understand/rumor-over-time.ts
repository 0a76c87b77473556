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
/** Later replies are not looked at one by one. */
const MOST_COUNTED = 200;
/** Where nobody doubts, the first doubt counts as a day away. */
const NO_DOUBT = 86_400;

/** A question stands within so many units of a reply, or does not count. */
const MOST_ASKED = 1_000;

/** What a reply can say about a claim, by its cue words: it asks for proof, denies, names evidence, or was there. */
const REPLY_KINDS = ['enquiry', 'denial', 'evidence', 'witness'] as const;
type ReplyKind = (typeof REPLY_KINDS)[number];

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
  'share that name evidence',
  'share that were there',
  'share with a link or picture',
  'share of denials in the later half',
  'delay of the first doubt, log minutes',
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
  /** The kind of each cue. */
  readonly #kinds: readonly ReplyKind[];

  constructor(weights: Pick<Weights, 'folding' | 'cues'>) {
    const cues = weights.cues.filter((cue) => REPLY_KINDS.some((kind) => cue.label === `reply.${kind}`));
    this.#text = new TextReader(weights.folding);
    this.#cues = new CueFinder(cues, weights.folding);
    this.#kinds = cues.map((cue) => cue.label.slice('reply.'.length) as ReplyKind);
  }

  /** @param replies in order of time */
  read(replies: readonly Reply[]): void {
    this.#count(replies);
    this.#text.read(repliesAsText(replies));
    this.features.read(this.#text);
  }

  #count(replies: readonly Reply[]): void {
    const said = { enquiry: 0, denial: 0, evidence: 0, witness: 0 };
    let [worded, questions, signs, seen, shown, late] = [0, 0, 0, 0, 0, 0];
    let firstDoubt = NO_DOUBT;
    const half = Math.min(replies.length, MOST_COUNTED) / 2;
    for (const reply of replies) {
      if (reply.text === '') continue;
      worded++;
      if (seen >= MOST_COUNTED) continue;
      seen++;
      const kinds = this.#kindsOf(reply);
      for (const kind of REPLY_KINDS) if (kinds[kind]) said[kind]++;
      if (kinds.denial && seen > half) late++;
      if (kinds.enquiry || kinds.denial) firstDoubt = Math.min(firstDoubt, reply.afterSeconds);
      const asked = reply.text.slice(0, MOST_ASKED);
      if (/[?？]/.test(asked)) questions++;
      if (/https?:|<url>|查看图片|秒拍/.test(asked)) shown++;
      signs += Math.min(reply.text.length, 60);
    }
    const of = Math.max(1, seen);
    const median = replies[replies.length >> 1]?.afterSeconds ?? 0;
    const logMinutes = (seconds: number): number => Math.log1p(Math.max(0, seconds) / 60) / 7;
    this.numbers.set([
      Math.log1p(replies.length) / 5,
      worded / Math.max(1, replies.length),
      Math.min(1, (5 * said.enquiry) / (of + 3)),
      Math.min(1, (5 * said.denial) / (of + 3)),
      Math.min(1, said.denial / 3),
      questions / of,
      logMinutes(median),
      signs / of / 30,
      Math.min(1, (5 * said.evidence) / (of + 3)),
      Math.min(1, (5 * said.witness) / (of + 3)),
      Math.min(1, (5 * shown) / (of + 3)),
      late / Math.max(1, said.denial),
      logMinutes(firstDoubt),
    ]);
  }

  /** Which kinds of cue the beginning of one reply holds. */
  #kindsOf(reply: Reply): Record<ReplyKind, boolean> {
    this.#text.read(reply.text.slice(0, MOST_SIGNS * 2));
    this.#cues.find(this.#text);
    const kinds = { enquiry: false, denial: false, evidence: false, witness: false };
    for (let hit = 0; hit < this.#cues.count; hit++)
      kinds[this.#kinds[this.#cues.cues[hit] as number] as ReplyKind] = true;
    return kinds;
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
    judge = { reader: new ReplyReader(weights), scorer: new ColumnScorer(weights.replies, false) };
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
