import { DUTIES, type Duty } from '../domain/duty.ts';
import { MOODS, NEEDS, type LocatedPost, type Post, type Understanding } from '../domain/post.ts';
import type { Weights } from '../ports/weights.ts';
import { each, withMembers, type Stage } from '../stage.ts';
import { calibrateRumor, leanedMix } from './apply-calibration.ts';
import { DUTY_CLASS_NAMES } from './duty-classes.ts';
import { CueFinder } from './find-cues.ts';
import { giveReasons, type Evidence, type Reasoned } from './give-reasons.ts';
import { judgeDuty } from './judge-duty.ts';
import { judgeMood } from './judge-mood.ts';
import { judgeNeed } from './judge-need.ts';
import { claimCues, claimOf, hearsay, judgeRumor, rumorAtZero } from './judge-rumor.ts';
import { FeatureReader } from './read-features.ts';
import { readShape, type Shape } from './read-shape.ts';
import { TextReader } from './read-text.ts';
import { ColumnScorer } from './score-columns.ts';
import { CueAdder } from './sum-cues.ts';
import { Disguise, type Cut } from './undo-disguise.ts';
import { WordSpans } from './word-spans.ts';

export type { Weights } from '../ports/weights.ts';
export type { Reasoned } from './give-reasons.ts';

type ClassifiedPost = LocatedPost & Understanding;
type Judged = Pick<Post, 'text' | 'title' | 'author'> & Partial<Pick<LocatedPost, 'tokens'>>;

/** @throws Error naming the number that the model lacks. */
export function numbersOf(weights: Weights, name: string): Float32Array {
  const numbers = weights.numbers.get(name);
  if (numbers === undefined) throw new Error(`the model has no numbers "${name}": rebuild it with npm run train`);
  return numbers;
}

/** @throws Error naming the column that the model lacks. */
function columnOf(weights: Weights, name: string): number {
  const column = weights.text.columns.indexOf(name);
  if (column < 0) throw new Error(`the model has no column "${name}": rebuild it with npm run train`);
  return column;
}

/** All heads over one text at a time; its buffers are used again for every post, so one per thread. */
export class Judge {
  readonly evidence: Evidence;
  /** The tokeniser, where one is at hand: it tells a broken cue word (投。诉) from the ends of two sentences. */
  cut: Cut | undefined;
  /** Of the post judged last: needs-check before the gate as a logit, and how far it claims anything, 0…1. */
  readonly beforeGate = { logit: 0, claim: 0 };
  readonly #weights: Weights;
  readonly #disguise: Disguise;
  readonly #moods: Int32Array;
  readonly #needs: Int32Array;
  readonly #duties: readonly Duty[];
  readonly #dutyColumns: Int32Array;
  readonly #classColumns: Int32Array;
  readonly #classScores = new Float64Array(DUTY_CLASS_NAMES.length);
  readonly #valence: number;
  readonly #rumor: number;
  readonly #claim: number;
  readonly #moodScores = new Float64Array(MOODS.length);
  readonly #needScores = new Float64Array(NEEDS.length + 1);
  readonly #dutyScores: Float64Array;
  readonly #cueSums: CueAdder;
  readonly #shape: Shape = { length: 0, headline: false, phones: 0 };
  readonly #numbers: Readonly<Record<'mood' | 'known' | 'unknown' | 'claim' | 'mix' | 'plea' | 'duty', Float32Array>>;

  constructor(weights: Weights) {
    this.#weights = weights;
    const columns = (names: readonly string[]): Int32Array => Int32Array.from(names, (name) => columnOf(weights, name));
    this.#moods = columns(MOODS.map((mood) => `mood.${mood}`));
    this.#needs = columns([...NEEDS, 'none'].map((need) => `need.${need}`));
    this.#duties = DUTIES.filter((duty) => weights.text.columns.includes(`duty.${duty}`));
    this.#dutyColumns = columns(this.#duties.map((duty) => `duty.${duty}`));
    this.#dutyScores = new Float64Array(this.#duties.length);
    this.#classColumns = columns(DUTY_CLASS_NAMES.map((name) => `class.${name}`));
    this.#valence = columnOf(weights, 'valence');
    this.#rumor = columnOf(weights, 'rumor');
    this.#claim = columnOf(weights, 'claim');
    this.#numbers = {
      mood: numbersOf(weights, 'mood.mix'),
      known: numbersOf(weights, 'rumor.known'),
      unknown: numbersOf(weights, 'rumor.unknown'),
      claim: numbersOf(weights, 'rumor.claim'),
      mix: leanedMix(numbersOf(weights, 'need.mix'), weights.calibration),
      plea: numbersOf(weights, 'need.plea'),
      duty: numbersOf(weights, 'duty.mix'),
    };
    this.evidence = {
      text: new TextReader(weights.folding),
      features: new FeatureReader(),
      scorer: new ColumnScorer(weights.text),
      cues: new CueFinder(weights.cues, weights.folding),
      words: new WordSpans(),
      lexicon: weights.cues,
    };
    this.#cueSums = new CueAdder(this.evidence.cues, weights.cues);
    this.#disguise = new Disguise(this.evidence.cues, weights);
  }

  judge(post: Judged, reasoned: Reasoned = 'all'): Understanding {
    const { text, features, scorer, cues, words } = this.evidence;
    text.fold(post.text, post.title);
    this.#disguise.undo(text, this.cut);
    text.simplify();
    words.take(post.text, post.tokens);
    features.read(text);
    const scores = scorer.score(features);
    cues.find(text);
    const sums = this.#cueSums.add();
    readShape(text, this.#shape);
    gather(scores, this.#moods, this.#moodScores);
    gather(scores, this.#needs, this.#needScores);
    gather(scores, this.#dutyColumns, this.#dutyScores);
    gather(scores, this.#classColumns, this.#classScores);
    const sentiment = judgeMood(this.#moodScores, scores[this.#valence] as number, this.#numbers.mood);
    const { beforeGate } = this;
    beforeGate.logit = rumorAtZero(scores[this.#rumor] as number, hearsay(sums), post.author, this.#numbers);
    beforeGate.claim = claimOf(scores[this.#claim] as number, claimCues(sums), this.#numbers.claim);
    const asReleased = judgeRumor(beforeGate.logit, beforeGate.claim, post.author, this.#numbers);
    const rumor = calibrateRumor(asReleased, post.author, this.#weights.calibration);
    const need = judgeNeed(this.#needScores, sums, this.#shape, this.#numbers);
    const duty = judgeDuty(
      this.#duties,
      this.#dutyScores,
      this.#classScores,
      sums,
      this.#shape,
      this.#numbers.duty,
    ).map((rated) => rated.duty);
    const because = giveReasons({ sentiment, rumor, need, duty }, this.evidence, reasoned);
    return { sentiment, rumor, need, duty, because };
  }
}

function gather(from: Float64Array, columns: Int32Array, to: Float64Array): void {
  for (let k = 0; k < columns.length; k++) to[k] = from[columns[k] as number] as number;
}

const judges = new WeakMap<Weights, Judge>();

/** The thread's one judge for these weights. */
export function judgeFor(weights: Weights): Judge {
  let held = judges.get(weights);
  if (held === undefined) judges.set(weights, (held = new Judge(weights)));
  return held;
}

/** Mood, rumor, need and duty of one post with their reasons. Reads its text, words, title and source; never throws on any string. */
export const judge = (weights: Weights, post: Judged): Understanding => judgeFor(weights).judge(post);

/** The stage: every located post with what it feels, asks for and concerns. `cut` is a tokeniser's. */
export function classify(weights: Weights, cut?: Cut, reasoned?: Reasoned): Stage<LocatedPost, ClassifiedPost> {
  const judge = judgeFor(weights);
  judge.cut = cut;
  return each((post) => withMembers(post, judge.judge(post, reasoned)));
}
