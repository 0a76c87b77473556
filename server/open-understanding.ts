import type { UnderstandingParts } from '../pipelines/pipeline.ts';
import type { RegionCode } from '../pipelines/domain/region.ts';
import type { Weights } from '../pipelines/ports/weights.ts';
import type { OfficeFiles } from './office-files.ts';
import { dictionaryWith, loadGazetteer } from './load-gazetteer.ts';
import { openTokeniser, type Provider } from './adapters/jieba/open-tokeniser.ts';
import { loadCalibration } from './adapters/models/calibration-file.ts';
import { loadWeights } from './adapters/models/load-weights.ts';
import { readTaxonomy } from './adapters/models/read-taxonomy.ts';

/** Plain data, so that it can be handed to a worker thread. */
export interface UnderstandingOptions extends Partial<OfficeFiles> {
  readonly home?: RegionCode;
  readonly tokeniser?: Provider;
}

/** What is judged and placed with: all that can be read anew while the words go on being cut as they were. */
type Rules = Pick<UnderstandingParts, 'gazetteer' | 'place' | 'weights'>;

/** Everything understanding needs, opened once a thread. @throws Error with a remedy where weights or gazetteer are wrong. */
export async function openUnderstanding(
  options: UnderstandingOptions,
): Promise<{ parts: UnderstandingParts; provider: string; stamp: string; note?: string }> {
  const { rules, note } = openRules(options);
  const { indexedPlaces } = options;
  const dictionary = indexedPlaces === undefined ? rules.gazetteer.words() : dictionaryWith(indexedPlaces);
  const tokeniser = await openTokeniser(dictionary, options.tokeniser);
  return {
    parts: { ...rules, cut: (text) => tokeniser.cut(text) },
    provider: tokeniser.provider,
    stamp: tokeniser.stamp,
    ...(note === undefined ? {} : { note }),
  };
}

/** The rules alone, from the files as they are now. @throws Error with a remedy where weights or gazetteer are wrong. */
export function openRules(options: UnderstandingOptions): { readonly rules: Rules; readonly note?: string } {
  const { weights, note } = openWeights(options);
  return {
    rules: {
      gazetteer: loadGazetteer(options.places),
      place: options.home === undefined ? {} : { home: options.home },
      weights,
    },
    ...(note === undefined ? {} : { note }),
  };
}

/** Weights with the office's words and its calibration over them. */
export function openWeights(options: UnderstandingOptions): { readonly weights: Weights; readonly note?: string } {
  const released = loadWeights(undefined, options.taxonomy === undefined ? undefined : readTaxonomy(options.taxonomy));
  const { calibration, note } =
    options.calibration === undefined ? {} : loadCalibration(options.calibration, released.version);
  return {
    weights: calibration === undefined ? released : { ...released, calibration },
    ...(note === undefined ? {} : { note }),
  };
}
