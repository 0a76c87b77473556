import type { UnderstandingParts } from '../pipelines/pipeline.ts';
import type { RegionCode } from '../pipelines/domain/region.ts';
import { gazetteerWords, loadGazetteer } from './load-gazetteer.ts';
import { openTokeniser, type Provider } from './adapters/jieba/open-tokeniser.ts';
import { loadCalibration } from './adapters/models/calibration-file.ts';
import { loadWeights } from './adapters/models/load-weights.ts';

/** Plain data, so that it can be handed to a worker thread. */
export interface UnderstandingOptions {
  readonly home?: RegionCode;
  readonly tokeniser?: Provider;
  /** The office's calibration.json; absent or not there: as released. */
  readonly calibration?: string;
}

/** Everything understanding needs, opened once a thread. @throws Error with a remedy where weights or gazetteer are wrong. */
export async function openUnderstanding(
  options: UnderstandingOptions,
): Promise<{ parts: UnderstandingParts; provider: string; stamp: string; note?: string }> {
  const released = loadWeights();
  const { calibration, note } =
    options.calibration === undefined ? {} : loadCalibration(options.calibration, released.version);
  const weights = calibration === undefined ? released : { ...released, calibration };
  const gazetteer = loadGazetteer();
  const tokeniser = await openTokeniser(gazetteerWords(), options.tokeniser);
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
