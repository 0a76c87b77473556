import type { Post, Understanding } from '../domain/post.ts';
import type { Calibration, ScoreCalibration } from '../ports/calibration.ts';

const LEAST = 1e-6;
const logit = (share: number): number => {
  const held = Math.min(1 - LEAST, Math.max(LEAST, share));
  return Math.log(held / (1 - held));
};

/** A score as the office's own cases would have it, 0…1. */
export const calibrated = (score: number, by: Pick<ScoreCalibration, 'slope' | 'shift'>): number =>
  1 / (1 + Math.exp(-(by.slope * logit(score) + by.shift)));

/** The published needs-check with the office's calibration, where there is one for this kind of source. */
export function calibrateRumor(
  rumor: Understanding['rumor'],
  author: Post['author'],
  calibration: Calibration | undefined,
): Understanding['rumor'] {
  const by = author === undefined ? calibration?.rumor.unknown : calibration?.rumor.known;
  if (by === undefined || by === null) return rumor;
  const score = calibrated(rumor.score, by);
  return { score, needsCheck: score >= by.threshold };
}

/** `need.mix` with the office's lean. */
export function leanedMix(mix: Float32Array, calibration: Calibration | undefined): Float32Array {
  const lean = calibration?.need?.lean ?? 0;
  return lean === 0 ? mix : mix.map((value, at) => (at === 2 ? value + lean : value));
}
