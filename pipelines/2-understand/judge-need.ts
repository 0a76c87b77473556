import { NEEDS, type NeedKind, type Understanding } from '../domain/post.ts';
import { PLEA_PARTS } from '../ports/weights.ts';
import type { Shape } from './read-shape.ts';
import type { CueSums } from './sum-cues.ts';
import { isLifeAtRisk, weighDanger } from './weigh-danger.ts';
import { pleaLogit, weighParts } from './weigh-plea.ts';

export type { CueSums } from './sum-cues.ts';

const LABELS = [...NEEDS, 'none'].map((need) => `need.${need}`);
const PLEA = NEEDS.indexOf('求助');
const MOST_BY_CUES = 4;
const capped = (sum: number): number => Math.max(-MOST_BY_CUES, Math.min(MOST_BY_CUES, sum));

/** A danger as clear as this, said in so few signs, is a plea though nobody asks for anything: “有人落水”. */
const CLEAR_DANGER = 3;
const TERSE = 60;
/** A person in danger at all and this much of a plea are a plea together. */
const PLEA_IN_DANGER = 0.35;
/** Urgent needs are pleas; a person in danger is urgent whatever it is asked for. */
const URGENT_PLEA = 0.75;

/** Columns count in full from this many signs on: of a short text they know little, and say it loudly. */
const FULL = 40;
/** What a short text without any word of need leans to none instead. */
const SILENCE = 1.2;

const parts = new Float64Array(PLEA_PARTS.length);

export interface NeedNumbers {
  /** [weight of the columns, weight of the cues, lean towards none]. */
  readonly mix: Float32Array;
  /** The layer of pleas: one number for each of PLEA_PARTS. */
  readonly plea: Float32Array;
}

/**
 * What a post asks for. A plea is weighed by a small layer of its own (weigh-plea.ts), a person in danger by rules
 * (weigh-danger.ts); the other kinds by their columns and cue words.
 *
 * @param scores the columns of NEEDS in their order and then of none; overwritten
 */
export function judgeNeed(
  scores: Float64Array,
  cues: CueSums,
  shape: Shape,
  numbers: NeedNumbers,
): Understanding['need'] {
  const danger = weighDanger(cues, shape);
  const lifeAtRisk = isLifeAtRisk(danger);
  weighParts(cues, shape, danger, parts);
  const plea = 1 / (1 + Math.exp(-pleaLogit(parts, numbers.plea)));
  const terse = danger >= CLEAR_DANGER && shape.length <= TERSE;
  if (plea >= 0.5 || terse || (lifeAtRisk && plea >= PLEA_IN_DANGER)) {
    const score = lifeAtRisk ? Math.max(plea, URGENT_PLEA) : plea;
    return { kind: '求助', urgent: lifeAtRisk || score >= URGENT_PLEA, lifeAtRisk, score };
  }
  const { best, shares } = others(scores, cues, numbers.mix, Math.min(1, shape.length / FULL));
  const none = shares[NEEDS.length] as number;
  const kind = best === NEEDS.length ? null : (NEEDS[best] as NeedKind);
  // The score of a post without a need is how much of one it has, so that a list can be sorted by it.
  const score = kind === null ? 1 - (1 - plea) * none : (shares[best] as number);
  return { kind, urgent: lifeAtRisk, lifeAtRisk, score };
}

/** Shares of every kind but the plea, in place, and the largest. */
function others(
  scores: Float64Array,
  cues: CueSums,
  mix: Float32Array,
  trust: number,
): { best: number; shares: Float64Array } {
  const none = NEEDS.length;
  let best = none;
  for (let k = none; k >= 0; k--) {
    const lean = k === none ? (mix[2] as number) + SILENCE * (1 - trust) : 0;
    const cue = capped(cues.get(LABELS[k] as string) ?? 0);
    scores[k] = (mix[0] as number) * trust * (scores[k] as number) + (mix[1] as number) * cue + lean;
    if (k !== PLEA && (scores[k] as number) > (scores[best] as number)) best = k;
  }
  const top = scores[best] as number;
  let sum = 0;
  for (let k = 0; k <= none; k++) sum += scores[k] = k === PLEA ? 0 : Math.exp((scores[k] as number) - top);
  for (let k = 0; k <= none; k++) scores[k] = (scores[k] as number) / sum;
  return { best, shares: scores };
}
