import { DUTIES, type Duty } from '../domain/duty.ts';
import { classOfDuty } from './duty-classes.ts';
import type { CueSums } from './judge-need.ts';

const MOST_DUTIES = 3;
/** How far a class can move a duty; it is learned from few messages. */
const LEAN = 2.5;

const CUE_LABELS = Object.fromEntries(DUTIES.map((duty) => [duty, `duty.${duty}`])) as Record<Duty, string>;
const CLASSES = Object.fromEntries(DUTIES.map((duty) => [duty, classOfDuty(duty)])) as Record<Duty, number>;

/** One duty and how sure it is, 0…1. */
export interface RatedDuty {
  readonly duty: Duty;
  readonly score: number;
}

/**
 * The departments a post concerns, best first, at most three.
 *
 * @param classes scores of DUTY_CLASS_NAMES, learned from labelled messages
 * @param mix [weight of the column, weight of the cues, bias, least score, share of the best score a further one needs,
 * weight of the classes]
 */
export function judgeDuty(
  duties: readonly Duty[],
  scores: Float64Array,
  classes: Float64Array,
  cues: CueSums,
  mix: Float32Array,
): readonly RatedDuty[] {
  const rated: RatedDuty[] = [];
  const level = classes.reduce((sum, score) => sum + score, 0) / Math.max(1, classes.length);
  duties.forEach((duty, d) => {
    const cue = Math.log1p(Math.max(0, cues.get(CUE_LABELS[duty]) ?? 0));
    const group = CLASSES[duty];
    const lean = group < 0 ? 0 : Math.max(-LEAN, Math.min(LEAN, (classes[group] as number) - level));
    const logit =
      (mix[0] as number) * (scores[d] as number) +
      (mix[1] as number) * cue +
      (mix[2] as number) +
      (mix[5] as number) * lean;
    const score = 1 / (1 + Math.exp(-logit));
    if (score >= (mix[3] as number)) rated.push({ duty, score });
  });
  rated.sort((a, b) => b.score - a.score);
  const least = (rated[0]?.score ?? 0) * (mix[4] as number);
  return rated.filter((each) => each.score >= least).slice(0, MOST_DUTIES);
}
