import { MOODS, type Mood, type Understanding } from '../domain/post.ts';

const NEGATIVE: ReadonlySet<Mood> = new Set(['angry', 'sad', 'fear']);

/** Which sentiment a mood counts as; surprise takes no side. */
export const sentimentOf = (mood: Mood): 'negative' | 'neutral' | 'positive' => {
  if (mood === 'happy') return 'positive';
  return NEGATIVE.has(mood) ? 'negative' : 'neutral';
};

/** Shares of the six moods, in place, from their scores. */
function shares(scores: Float64Array): void {
  let top = -Infinity;
  for (let m = 0; m < scores.length; m++) top = Math.max(top, scores[m] as number);
  let sum = 0;
  for (let m = 0; m < scores.length; m++) sum += scores[m] = Math.exp((scores[m] as number) - top);
  for (let m = 0; m < scores.length; m++) scores[m] = (scores[m] as number) / sum;
}

/**
 * The likeliest mood, and how positive the text is: the valence head (negative or positive, nothing between) weighed by
 * `mix`: [weight of the valence logit, weight of the moods' logit, bias].
 *
 * @param moods scores of the six moods in the order of MOODS; overwritten by their shares.
 */
export function judgeMood(moods: Float64Array, valence: number, mix: Float32Array): Understanding['sentiment'] {
  shares(moods);
  let best = 0;
  for (let m = 1; m < MOODS.length; m++) if ((moods[m] as number) > (moods[best] as number)) best = m;
  const mood = MOODS[best] as Mood;
  let up = 1e-3;
  let down = 1e-3;
  MOODS.forEach((each, m) => {
    if (sentimentOf(each) === 'positive') up += moods[m] as number;
    else if (sentimentOf(each) === 'negative') down += moods[m] as number;
  });
  const logit = (mix[0] as number) * valence + (mix[1] as number) * Math.log(up / down) + (mix[2] as number);
  return { label: sentimentOf(mood), score: 1 / (1 + Math.exp(-logit)), mood };
}
