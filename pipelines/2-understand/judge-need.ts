import { NEEDS, type NeedKind, type Understanding } from '../domain/post.ts';

/** Sums of cue weights by label, such as `need.求助`. */
export type CueSums = ReadonlyMap<string, number>;

const LABELS = [...NEEDS, 'none'].map((need) => `need.${need}`);
const MOST_BY_CUES = 4;
const capped = (sum: number): number => Math.max(-MOST_BY_CUES, Math.min(MOST_BY_CUES, sum));

/** Who writes of a person in danger now most often asks for help. */
const DANGER = 2;

/** Urgent needs are pleas; a person in danger is urgent whatever it is asked for. */
const URGENT_PLEA = 0.75;

/**
 * What a post asks for. `scores` are the columns of NEEDS in their order and then of none; cue words are added to them
 * with the weights of `mix`: [columns, cues, lean towards none].
 */
export function judgeNeed(
  scores: Float64Array,
  cues: CueSums,
  mix: Float32Array,
  lifeAtRisk: boolean,
): Understanding['need'] {
  const none = NEEDS.length;
  let top = -Infinity;
  for (let k = 0; k <= none; k++) {
    const label = LABELS[k] as string;
    let lean = k === none ? (mix[2] as number) : 0;
    if (lifeAtRisk && NEEDS[k] === '求助') lean = DANGER;
    scores[k] = (mix[0] as number) * (scores[k] as number) + (mix[1] as number) * capped(cues.get(label) ?? 0) + lean;
    top = Math.max(top, scores[k] as number);
  }
  let sum = 0;
  for (let k = 0; k <= none; k++) sum += scores[k] = Math.exp((scores[k] as number) - top);
  let best = 0;
  for (let k = 1; k <= none; k++) if ((scores[k] as number) > (scores[best] as number)) best = k;
  const kind = best === none ? null : (NEEDS[best] as NeedKind);
  const share = (scores[best] as number) / sum;
  // The score of a post without a need is how much of one it has, so that a list can be sorted by it.
  const score = kind === null ? 1 - share : share;
  return { kind, urgent: lifeAtRisk || (kind === '求助' && score >= URGENT_PLEA), lifeAtRisk, score };
}

/**
 * A person in danger: cue words for danger against those for news, fiction, figures of speech and a good end. Low on
 * purpose: a false alarm costs a look, a miss may cost a life.
 */
export function isLifeAtRisk(cues: CueSums): boolean {
  const strong = cues.get('life') ?? 0;
  if (strong < 2) return false;
  const danger = strong + Math.min(2, cues.get('life.more') ?? 0);
  const now = Math.min(4, cues.get('life.now') ?? 0);
  const news = Math.min(4, cues.get('life.news') ?? 0);
  const lower = Math.min(5, cues.get('life.lower') ?? 0);
  return Math.min(6, danger) + 0.75 * now - lower - 0.75 * news >= 2;
}
