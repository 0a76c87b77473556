import { NEEDS, type NeedKind, type Understanding } from '../domain/post.ts';

/** Sums of cue weights by label, such as `need.求助`. */
export type CueSums = ReadonlyMap<string, number>;

const LABELS = [...NEEDS, 'none'].map((need) => `need.${need}`);
const MOST_BY_CUES = 4;
const capped = (sum: number): number => Math.max(-MOST_BY_CUES, Math.min(MOST_BY_CUES, sum));

/** Who writes of a person in danger now asks for help, whatever else the words are like. */
const DANGER = 4;

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

const sumOf = (cues: CueSums, label: string, most = Infinity): number => Math.min(most, cues.get(label) ?? 0);

/**
 * How strongly a text speaks of a danger to a person. A crash or a fire is one only beside a sign that somebody is in
 * it; a cry for help only beside a sign, a danger or a weaker word for one, since most who write it today have eaten well.
 */
function danger(cues: CueSums): number {
  const sure = sumOf(cues, 'life');
  const hazard = sumOf(cues, 'life.hazard', 3);
  const cry = sumOf(cues, 'life.cry', 3);
  const sign = sumOf(cues, 'life.sign');
  const more = sumOf(cues, 'life.more', 2);
  const hazardCounts = sure >= 2 || sign > 0 || cry > 0;
  const cryCounts = sure >= 2 || sign > 0 || hazard >= 2 || more > 0;
  const strong = sure + (hazardCounts ? hazard : 0) + (hazard > 0 && sign > 0 ? 1 : 0) + (cryCounts ? cry : 0);
  return strong < 2 ? 0 : Math.min(6, strong + more);
}

/**
 * A person in danger: cue words for danger against those for news, fiction, figures of speech and a good end. Low on
 * purpose: a false alarm costs a look, a miss may cost a life.
 */
export function isLifeAtRisk(cues: CueSums): boolean {
  const strong = danger(cues);
  if (strong === 0) return false;
  const now = sumOf(cues, 'life.now', 4);
  const news = sumOf(cues, 'life.news', 4);
  const lower = sumOf(cues, 'life.lower', 5);
  return strong + 0.75 * now - lower - 0.75 * news >= 2;
}
