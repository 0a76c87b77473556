import { DUTIES, type Duty } from '../domain/duty.ts';
import { classOfDuty } from './duty-classes.ts';
import type { Shape } from './read-shape.ts';
import type { CueSums } from './sum-cues.ts';

const MOST_DUTIES = 3;
/** How far a class can move a duty; it is learned from few messages. */
const LEAN = 4;
/** Columns count in full from this many signs on, classes in the order from three times as many; of a short text they know little, and say it loudly. */
const FULL = 40;

/** A word that names the department, or a matter that is only its own: the column may weaken it, not silence it. */
const NAMED = 2;
const VETO = 0.4;

const CUE_LABELS = Object.fromEntries(DUTIES.map((duty) => [duty, `duty.${duty}`])) as Record<Duty, string>;
const CLASSES = Object.fromEntries(DUTIES.map((duty) => [duty, classOfDuty(duty)])) as Record<Duty, number>;

/** One duty and how sure it is, 0…1. */
export interface RatedDuty {
  readonly duty: Duty;
  readonly score: number;
}

/**
 * The departments a post concerns, best first, at most three. Words and columns decide whether it concerns any; the
 * classes, which know citizens' messages only and always lean somewhere, then weigh much in which.
 *
 * @param classes scores of DUTY_CLASS_NAMES, learned from labelled messages
 * @param mix [weight of the column, weight of the cues, bias, least score, share of the best score a further one needs,
 * weight of the classes in whether there is any, further weight in which]
 */
export function judgeDuty(
  duties: readonly Duty[],
  scores: Float64Array,
  classes: Float64Array,
  cues: CueSums,
  shape: Shape,
  mix: Float32Array,
): readonly RatedDuty[] {
  const rated: RatedDuty[] = [];
  const least = mix[3] as number;
  const enough = Math.log(least / (1 - least));
  const trust = Math.min(1, shape.length / FULL);
  const told = Math.min(1, Math.max(0, shape.length / FULL - 1) / 2);
  const level = classes.reduce((sum, score) => sum + score, 0) / Math.max(1, classes.length);
  let open = false;
  duties.forEach((duty, d) => {
    const found = cues.get(CUE_LABELS[duty]) ?? 0;
    const cue = found > 0 ? Math.log1p(found) : 0;
    const group = CLASSES[duty];
    const lean = group < 0 ? 0 : Math.max(-LEAN, Math.min(LEAN, (classes[group] as number) - level));
    const column = (mix[0] as number) * trust * (scores[d] as number);
    const logit =
      (found >= NAMED ? Math.max(-VETO, column) : column) +
      (mix[1] as number) * cue +
      (mix[2] as number) +
      (mix[5] as number) * trust * lean;
    if (logit >= enough) open = true;
    const ranked = logit + (mix[6] as number) * told * lean;
    if (ranked >= enough) rated.push({ duty, score: 1 / (1 + Math.exp(-ranked)) });
  });
  if (!open) return [];
  rated.sort((a, b) => b.score - a.score);
  const share = (rated[0]?.score ?? 0) * (mix[4] as number);
  return rated.filter((each) => each.score >= share).slice(0, MOST_DUTIES);
}
