import type { Duty } from '../domain/duty.ts';
import type { CueSums } from './judge-need.ts';

const MOST_DUTIES = 3;

/** One duty and how sure it is, 0…1. */
export interface RatedDuty {
  readonly duty: Duty;
  readonly score: number;
}

/**
 * The departments a post concerns, best first, at most three.
 *
 * @param mix [weight of the column, weight of the cues, bias, least score, share of the best score a further one needs]
 */
export function judgeDuty(
  duties: readonly Duty[],
  scores: Float64Array,
  cues: CueSums,
  mix: Float32Array,
): readonly RatedDuty[] {
  const rated: RatedDuty[] = [];
  duties.forEach((duty, d) => {
    const cue = Math.log1p(Math.max(0, cues.get(`duty.${duty}`) ?? 0));
    const logit = (mix[0] as number) * (scores[d] as number) + (mix[1] as number) * cue + (mix[2] as number);
    const score = 1 / (1 + Math.exp(-logit));
    if (score >= (mix[3] as number)) rated.push({ duty, score });
  });
  rated.sort((a, b) => b.score - a.score);
  const least = (rated[0]?.score ?? 0) * (mix[4] as number);
  return rated.filter((each) => each.score >= least).slice(0, MOST_DUTIES);
}
