import type { Post, Understanding } from '../domain/post.ts';
import type { CueSums } from './judge-need.ts';

/** What is known of the source without naming anybody: 1 or -1 as it speaks for a checked account, 0 unknown. */
export function sourceNumbers(author: Post['author']): [checked: number, followers: number] {
  if (author === undefined) return [0, 0];
  const checked = author.kind === 'ordinary' ? -1 : 1;
  return [checked, author.followersLog10 === undefined ? 0 : (author.followersLog10 - 5) / 2];
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Where a text claims this much or more, its score stands as it is; below, it falls in proportion. */
const FULL_CLAIM = 0.5;
const MOST_CLAIM_CUES = 3;

/** Phrases of hearsay against those of a source, -2…3; a post that itself asks for proof counts as one more. */
export const hearsay = (cues: CueSums): number =>
  Math.max(-2, Math.min(3, (cues.get('rumor') ?? 0) + Math.min(1, cues.get('reply.enquiry') ?? 0)));

/** Phrases of hearsay, of asking for proof and of denying: whoever writes them writes about a claim. */
export const claimCues = (cues: CueSums): number =>
  Math.min(
    MOST_CLAIM_CUES,
    Math.max(0, cues.get('rumor') ?? 0) + (cues.get('reply.enquiry') ?? 0) + (cues.get('reply.denial') ?? 0),
  );

/**
 * How far a text claims anything that could be checked, 0…1: “what lovely weather” does not, however it is worded.
 *
 * @param column the score of the column `claim`
 * @param mix [bias, weight of the column, weight of the cues], from the model file
 */
export const claimOf = (column: number, cues: number, mix: Float32Array): number =>
  sigmoid((mix[0] as number) + (mix[1] as number) * column + (mix[2] as number) * cues);

/** Needs-check of a claim, 0…1: the score of a text that claims little falls. */
export const gated = (logit: number, claim: number): number => sigmoid(logit) * Math.min(1, claim / FULL_CLAIM);

export interface RumorLayers {
  readonly known: Float32Array;
  readonly unknown: Float32Array;
}

/**
 * Needs-check at 0 h before the gate: the text's column, cue words and the source's kind, as a logit.
 *
 * @param cues see `hearsay`
 * @param layers each [bias, text, cues, checked, followers, threshold], from the model file; a different layer is used
 * where the source is unknown.
 */
export function rumorAtZero(text: number, cues: number, author: Post['author'], layers: RumorLayers): number {
  const [checked, followers] = sourceNumbers(author);
  const layer = author === undefined ? layers.unknown : layers.known;
  return (
    (layer[0] as number) +
    (layer[1] as number) * text +
    (layer[2] as number) * cues +
    (layer[3] as number) * checked +
    (layer[4] as number) * followers
  );
}

/** The published needs-check: see `gated`. */
export function judgeRumor(
  logit: number,
  claim: number,
  author: Post['author'],
  layers: RumorLayers,
): Understanding['rumor'] {
  const layer = author === undefined ? layers.unknown : layers.known;
  const score = gated(logit, claim);
  return { score, needsCheck: score >= (layer[5] as number) };
}
