import type { ScoreCalibration } from '../ports/calibration.ts';
import { calibrated } from './apply-calibration.ts';
import type { Rated } from './measure-scores.ts';

/** A score as released, and what a person found. */
export interface ScoredCase {
  readonly score: number;
  readonly truth: boolean;
}

/** Fewer distinct texts, or fewer of either finding, teach nothing that would hold tomorrow. */
export const LEAST_CASES = 40;
export const LEAST_OF_EACH = 8;
/** A threshold that so few of the cases pass has no precision to speak of. */
const LEAST_CALLED = 8;

const LEAST_SLOPE = 0.1;
/** Prior: slope 1 and shift 0, as released, with these standard deviations. Forty cases move it a little, a thousand all the way. */
const SLOPE_SPREAD = 0.35;
const SHIFT_SPREAD = 0.7;
const NEWTON_STEPS = 50;

const logit = (share: number): number => {
  const held = Math.min(1 - 1e-6, Math.max(1e-6, share));
  return Math.log(held / (1 - held));
};

/**
 * Platt scaling on the logit of the released score, shrunk towards leaving it as it is: the most likely slope and shift under
 * normal priors around 1 and 0. Method: J. Platt, Probabilistic outputs for support vector machines, 1999.
 */
export function fitPlatt(cases: readonly ScoredCase[]): Pick<ScoreCalibration, 'slope' | 'shift'> {
  let [slope, shift] = [1, 0];
  const rows = cases.map(({ score, truth }) => ({ x: logit(score), y: truth ? 1 : 0 }));
  const tight = { slope: 1 / SLOPE_SPREAD ** 2, shift: 1 / SHIFT_SPREAD ** 2 };
  for (let step = 0; step < NEWTON_STEPS; step++) {
    let [gradientSlope, gradientShift] = [tight.slope * (slope - 1), tight.shift * shift];
    let [ss, sb, bb] = [tight.slope, 0, tight.shift];
    for (const { x, y } of rows) {
      const p = 1 / (1 + Math.exp(-(slope * x + shift)));
      const curve = p * (1 - p);
      gradientSlope += (p - y) * x;
      gradientShift += p - y;
      ss += curve * x * x;
      sb += curve * x;
      bb += curve;
    }
    const determinant = ss * bb - sb * sb;
    const moveSlope = (bb * gradientSlope - sb * gradientShift) / determinant;
    const moveShift = (ss * gradientShift - sb * gradientSlope) / determinant;
    slope -= moveSlope;
    shift -= moveShift;
    if (Math.abs(moveSlope) + Math.abs(moveShift) < 1e-9) break;
  }
  return { slope: Math.max(LEAST_SLOPE, slope), shift };
}

/**
 * The lowest threshold from which on the share of true findings among those called is at least `precision`; undefined where
 * there is none. It lies in the middle between two scores.
 */
export function thresholdFor(cases: readonly ScoredCase[], precision: number): number | undefined {
  const order = [...cases].sort((a, b) => b.score - a.score);
  let right = 0;
  let found: number | undefined;
  order.forEach(({ score, truth }, at) => {
    if (truth) right++;
    const next = order[at + 1]?.score ?? 0;
    if (next === score || at + 1 < LEAST_CALLED || right / (at + 1) < precision) return;
    found = (score + next) / 2;
  });
  return found;
}

export interface FittedScore {
  readonly calibration: ScoreCalibration;
  /** False where no threshold reaches the precision asked for: the released one stays. */
  readonly reached: boolean;
}

/** Why these cases are too few, in one sentence; undefined where they are enough. */
export function tooFew(cases: readonly { readonly truth: boolean }[]): string | undefined {
  const yes = cases.filter((each) => each.truth).length;
  const no = cases.length - yes;
  if (cases.length >= LEAST_CASES && yes >= LEAST_OF_EACH && no >= LEAST_OF_EACH) return undefined;
  return `已核 ${cases.length} 条（是 ${yes}，否 ${no}），至少要 ${LEAST_CASES} 条，是、否各至少 ${LEAST_OF_EACH} 条`;
}

/** @param released the threshold of the released score */
export function fitScore(cases: readonly ScoredCase[], released: number, precision: number): FittedScore {
  const platt = fitPlatt(cases);
  const threshold = thresholdFor(
    cases.map(({ score, truth }) => ({ score: calibrated(score, platt), truth })),
    precision,
  );
  return {
    calibration: { ...platt, threshold: threshold ?? calibrated(released, platt), n: cases.length },
    reached: threshold !== undefined,
  };
}

export const FOLDS = 5;
/** Cases stand in order of review, so a fold is a span of time. */
export const foldOf = (at: number, of: number): number => Math.floor((at * FOLDS) / Math.max(1, of));

/** Every case rated by a calibration fitted on the other four fifths: what "after" honestly means. @param cases oldest first */
export function ratedOutOfFold(cases: readonly ScoredCase[], released: number, precision: number): Rated[] {
  const fitted = Array.from(
    { length: FOLDS },
    (_, fold) =>
      fitScore(
        cases.filter((_case, at) => foldOf(at, cases.length) !== fold),
        released,
        precision,
      ).calibration,
  );
  return cases.map(({ score: raw, truth }, at) => {
    const calibration = fitted[foldOf(at, cases.length)] as ScoreCalibration;
    const score = calibrated(raw, calibration);
    return { score, called: score >= calibration.threshold, truth };
  });
}
