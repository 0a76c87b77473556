import type { UnderstandingParts } from '../pipelines/pipeline.ts';
import type { RegionCode } from '../pipelines/domain/region.ts';
import { loadGazetteer } from './load-gazetteer.ts';
import { openTokeniser, type Provider } from './adapters/jieba/open-tokeniser.ts';
import { loadWeights } from './adapters/models/load-weights.ts';
import { readTaxonomy } from './adapters/models/read-taxonomy.ts';

/** Plain data, so that it can be handed to a worker thread. */
export interface UnderstandingOptions {
  readonly home?: RegionCode;
  /** The office's own list of places. */
  readonly places?: string;
  readonly tokeniser?: Provider;
  /** The office's taxonomy file. */
  readonly taxonomy?: string;
}

/** Everything understanding needs, opened once a thread. @throws Error with a remedy where weights or gazetteer are wrong. */
export async function openUnderstanding(
  options: UnderstandingOptions,
): Promise<{ parts: UnderstandingParts; provider: string; stamp: string }> {
  const weights = loadWeights(undefined, options.taxonomy === undefined ? undefined : readTaxonomy(options.taxonomy));
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
  };
}
