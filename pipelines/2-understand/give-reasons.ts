import type { Reason, Understanding } from '../domain/post.ts';
import type { Cue } from '../ports/weights.ts';
import type { CueFinder } from './find-cues.ts';
import type { FeatureReader } from './read-features.ts';
import type { TextReader } from './read-text.ts';
import type { ColumnScorer } from './score-columns.ts';
import type { WordSpans } from './word-spans.ts';

/** What the judge read, as it stands after one post. */
export interface Evidence {
  readonly text: TextReader;
  readonly features: FeatureReader;
  readonly scorer: ColumnScorer;
  readonly cues: CueFinder;
  readonly words: WordSpans;
  readonly lexicon: readonly Cue[];
}

/**
 * Which labels get their reasons: all for whoever shows them; for watching, which opens an incident by the words of danger and
 * reads no others, those of a life at risk. Reasons of all labels cost a fifth of what understanding allocates.
 */
export type Reasoned = 'all' | 'danger';

const MOST_REASONS = 8;
const MOST_CUES = 3;
const NONE: readonly Reason[] = [];
const MOST_FEATURES = 2;

interface Span {
  readonly start: number;
  readonly end: number;
}

const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

/** The cue words of one label that stand in the text itself (not in its title), each word once. */
function cueReasons(label: string, cueLabel: string, evidence: Evidence, most = MOST_CUES): Reason[] {
  const { cues, lexicon, text } = evidence;
  const reasons: Reason[] = [];
  for (let hit = 0; hit < cues.count && reasons.length < most; hit++) {
    const cue = lexicon[cues.cues[hit] as number];
    if (cue?.label !== cueLabel || cue.weight <= 0 || reasons.some((reason) => reason.cue === cue.word)) continue;
    const start = text.foldedAt[cues.begins[hit] as number] as number;
    const end = text.foldedEnd[(cues.ends[hit] as number) - 1] as number;
    reasons.push(
      start < 0
        ? { label, cue: cue.word, weight: cue.weight }
        : { label, cue: cue.word, start, end, weight: cue.weight },
    );
  }
  return reasons;
}

/** Words of danger; where there are none that count alone, what they stand beside. */
function dangerReasons(evidence: Evidence): Reason[] {
  const alone = cueReasons('lifeAtRisk', 'life', evidence);
  if (alone.length > 0) return alone;
  const own = cueReasons('lifeAtRisk', 'life.self', evidence);
  if (own.length > 1) return own;
  return ['life.maybe', 'life.ill', 'life.hazard', 'life.cry', 'life.sign', 'life.who', 'life.more']
    .flatMap((label) => cueReasons('lifeAtRisk', label, evidence, 1))
    .slice(0, MOST_CUES);
}

/** The parts of a plea, a word each; words of the need itself where it has none. */
function pleaReasons(evidence: Evidence): Reason[] {
  const parts = ['plea.cry', 'plea.trouble', 'plea.ask', 'plea.contact'].flatMap((label) =>
    cueReasons('need', label, evidence, 1),
  );
  return parts.length > 0 ? parts.slice(0, MOST_CUES) : cueReasons('need', 'need.求助', evidence, 2);
}

/** The words that gave most to one column, without those that overlap a reason already given. */
function featureReasons(label: string, column: string, evidence: Evidence, given: readonly Reason[]): Reason[] {
  const { scorer } = evidence;
  const at = scorer.table.columns.indexOf(column);
  const reasons: Reason[] = [];
  const taken: Span[] = given.flatMap(({ start, end }) =>
    start === undefined || end === undefined ? [] : [{ start, end }],
  );
  for (let round = 0; round < MOST_FEATURES; round++) {
    let best = -1;
    let most = 0;
    for (let i = 0; i < scorer.foundCount; i++) {
      const weight = scorer.weight(i, at);
      if (weight <= most || !isFree(evidence, i, taken)) continue;
      most = weight;
      best = i;
    }
    if (best < 0) break;
    const span = spanOf(evidence, best);
    const weight = Math.round(scorer.share(most, at) * 1_000) / 1_000;
    taken.push(span);
    reasons.push({ label, cue: wordsOf(evidence, best), ...span, weight });
  }
  return reasons;
}

function spanOf(evidence: Evidence, found: number): Span {
  const { text, features, scorer } = evidence;
  const feature = scorer.found[found] as number;
  const begin = features.begins[feature] as number;
  const length = features.lengths[feature] as number;
  if (begin >= 0) return { start: text.plainAt[begin] as number, end: text.plainEnd[begin + length - 1] as number };
  const from = -1 - begin;
  return { start: text.foldedAt[from] as number, end: text.foldedEnd[from + length - 1] as number };
}

/**
 * Only whole words and emoticons of the text itself are shown: no titles, no stand-ins for names and links, and no runs
 * of signs that nobody would call a word.
 */
function isFree(evidence: Evidence, found: number, taken: readonly Span[]): boolean {
  const { text, features, scorer } = evidence;
  const feature = scorer.found[found] as number;
  const begin = features.begins[feature] as number;
  const length = features.lengths[feature] as number;
  if (begin >= 0) {
    if (length < 2) return false;
    for (let i = begin; i < begin + length; i++) {
      const unit = text.plain[i] as number;
      if (unit < 0x3400 || unit >= 0xa000) return false;
    }
  }
  const span = spanOf(evidence, found);
  if (begin >= 0 && !evidence.words.isWord(span.start, span.end)) return false;
  return span.start >= 0 && !taken.some((other) => overlaps(other, span));
}

function wordsOf(evidence: Evidence, found: number): string {
  const { text, features, scorer } = evidence;
  const feature = scorer.found[found] as number;
  const begin = features.begins[feature] as number;
  const length = features.lengths[feature] as number;
  const units =
    begin < 0 ? text.folded.subarray(-1 - begin, -1 - begin + length) : text.plain.subarray(begin, begin + length);
  const words = String.fromCharCode(...units);
  return begin < 0 ? `[${words}]` : words;
}

/**
 * Why each label that is not the default was given, at most eight reasons, most serious label first: `lifeAtRisk`,
 * `rumor`, `need`, `duty`, `sentiment`. Offsets are UTF-16 units of the post's text; what stands in its title has none.
 */
export function giveReasons(
  judged: Omit<Understanding, 'because'>,
  evidence: Evidence,
  reasoned: Reasoned = 'all',
): readonly Reason[] {
  const danger = judged.need.lifeAtRisk ? dangerReasons(evidence) : NONE;
  if (reasoned === 'danger') return danger;
  const reasons: Reason[] = [...danger];
  if (judged.rumor.needsCheck) {
    const cues = cueReasons('rumor', 'rumor', evidence);
    reasons.push(...cues, ...featureReasons('rumor', 'rumor', evidence, cues));
  }
  if (judged.need.kind !== null) {
    const plea = judged.need.kind === '求助';
    const cues = plea ? pleaReasons(evidence) : cueReasons('need', `need.${judged.need.kind}`, evidence, 2);
    reasons.push(...cues);
    if (cues.length === 0 && !judged.need.lifeAtRisk)
      reasons.push(...featureReasons('need', `need.${judged.need.kind}`, evidence, cues));
  }
  const [duty] = judged.duty;
  if (duty !== undefined) {
    const cues = judged.duty.flatMap((each) => cueReasons(`duty.${each}`, `duty.${each}`, evidence, 1));
    reasons.push(...cues);
    if (cues.length === 0) reasons.push(...featureReasons(`duty.${duty}`, `duty.${duty}`, evidence, cues));
  }
  if (judged.sentiment.label !== 'neutral') {
    const label = `mood.${judged.sentiment.mood}`;
    const cues = cueReasons('sentiment', label, evidence, 2);
    reasons.push(...cues);
    if (cues.length < 2) reasons.push(...featureReasons('sentiment', label, evidence, cues));
  }
  return reasons.slice(0, MOST_REASONS);
}
