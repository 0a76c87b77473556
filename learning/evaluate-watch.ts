import { openUnderstanding } from '../server/open-understanding.ts';
import { evaluateCascades } from './evaluate-watch-cascades.ts';
import { evaluateLate } from './evaluate-watch-late.ts';
import { evaluatePlanted } from './evaluate-watch-planted.ts';
import { evaluateTitles } from './evaluate-watch-titles.ts';
import type { EvaluationOptions, Figure } from './figure.ts';

/**
 * The watching stage on real titles and on planted incidents (docs/spread.md). Every post is understood once, in this process;
 * seconds are the processor's and the detector's alone. About ten minutes; a sample of the background takes two.
 *
 * @throws Error naming the file where the data folder lacks one.
 */
export async function evaluateWatch(data: string, { sample }: EvaluationOptions): Promise<Figure[]> {
  const { parts } = await openUnderstanding({});
  return [
    ...evaluateTitles(data, parts),
    ...evaluateLate(data, parts),
    ...evaluateCascades(data),
    ...evaluatePlanted(data, parts, sample ? 12 : 1),
  ];
}
