import type { UnderstandingParts } from '../pipelines/pipeline.ts';
import type { RegionCode } from '../pipelines/domain/region.ts';
import type { OfficeFiles } from './office-files.ts';
import { loadGazetteer } from './load-gazetteer.ts';
import { openTokeniser, type Provider } from './adapters/jieba/open-tokeniser.ts';
import { loadCalibration } from './adapters/models/calibration-file.ts';
import { loadWeights } from './adapters/models/load-weights.ts';
import { readTaxonomy } from './adapters/models/read-taxonomy.ts';

/** Plain data, so that it can be handed to a worker thread. */
export interface UnderstandingOptions extends Partial<OfficeFiles> {
  readonly home?: RegionCode;
  readonly tokeniser?: Provider;
}

/** Everything understanding needs, opened once a thread. @throws Error with a remedy where weights or gazetteer are wrong. */
export async function openUnderstanding(
  options: UnderstandingOptions,
): Promise<{ parts: UnderstandingParts; provider: string; stamp: string; note?: string }> {
  const released = loadWeights(undefined, options.taxonomy === undefined ? undefined : readTaxonomy(options.taxonomy));
  const { calibration, note } =
    options.calibration === undefined ? {} : loadCalibration(options.calibration, released.version);
  const weights = calibration === undefined ? released : { ...released, calibration };
  const gazetteer = loadGazetteer(options.places);
  const tokeniser = await openTokeniser(gazetteer.words(), options.tokeniser);
  return {
    parts: {
      cut: (text) => tokeniser.cut(text),
      gazetteer,
      place: options.home === undefined ? {} : { home: options.home },
      weights,
    },
    provider: tokeniser.provider,
    stamp: tokeniser.stamp,
    ...(note === undefined ? {} : { note }),
  };
}
