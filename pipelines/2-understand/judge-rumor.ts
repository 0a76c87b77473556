import type { Post, Understanding } from '../domain/post.ts';

/** What is known of the source without naming anybody: 1 or -1 as it speaks for a checked account, 0 unknown. */
export function sourceNumbers(author: Post['author']): [checked: number, followers: number] {
  if (author === undefined) return [0, 0];
  const checked = author.kind === 'ordinary' ? -1 : 1;
  return [checked, author.followersLog10 === undefined ? 0 : (author.followersLog10 - 5) / 2];
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * Needs-check at 0 h: the text's column, cue words and the source's kind.
 *
 * @param layer [bias, text, cues, checked, followers, threshold], from the model file; a different layer is used where
 * the source is unknown.
 */
export function judgeRumor(
  text: number,
  cues: number,
  author: Post['author'],
  layers: { readonly known: Float32Array; readonly unknown: Float32Array },
): Understanding['rumor'] & { readonly logit: number } {
  const [checked, followers] = sourceNumbers(author);
  const layer = author === undefined ? layers.unknown : layers.known;
  const logit =
    (layer[0] as number) +
    (layer[1] as number) * text +
    (layer[2] as number) * Math.max(-2, Math.min(3, cues)) +
    (layer[3] as number) * checked +
    (layer[4] as number) * followers;
  const score = sigmoid(logit);
  return { score, needsCheck: score >= (layer[5] as number), logit };
}
