import { parentPort, workerData } from 'node:worker_threads';
import { judge } from '../pipelines/2-understand/classify.ts';
import { placeReasons } from '../pipelines/2-understand/explain-place.ts';
import { buildGazetteer } from '../pipelines/2-understand/gazetteer.ts';
import { placeOf } from '../pipelines/2-understand/locate.ts';
import { readGazetteer } from './adapters/gazetteer/read-gazetteer.ts';
import { commonWordsAmong } from './adapters/jieba/common-words.ts';
import { loadWeights } from './adapters/models/load-weights.ts';
import { parseTaxonomy, readTaxonomy } from './adapters/models/read-taxonomy.ts';
import { calibrate } from './calibrate.ts';
import { failingCases } from './check-taxonomy.ts';
import { storedCases } from './cli/reviews.ts';
import type { CalibrationTrial, PlacesTrial, TaxonomyTrial, TrialAsk, TrialSaid } from './trial.ts';

/** One trial, then it is over. Nothing that is tried here is kept or in force. */
const port = parentPort;
if (port === null) throw new Error('trial-worker runs as a worker thread only');

type Of<K extends TrialAsk['kind']> = Extract<TrialAsk, { readonly kind: K }>;

function tryWords({ draft, text }: Of<'taxonomy'>): TaxonomyTrial {
  const taxonomy = parseTaxonomy('taxonomy.json', draft);
  const weights = loadWeights(undefined, taxonomy);
  return {
    weights: weights.version,
    judged: text === null ? null : judge(weights, { text }),
    failing: failingCases(weights, taxonomy.cases),
  };
}

async function tryPlaces({ draft, home, names, said }: Of<'places'>): Promise<PlacesTrial> {
  const files = readGazetteer();
  const gazetteer = buildGazetteer({ ...files, ownPlaces: { file: 'places.txt', text: draft } });
  const place = said === null ? null : placeOf(gazetteer, said.text, said.tokens, undefined, { home });
  const released = new Set(
    [files.places, files.genericPlaces, files.traps].flatMap((list) =>
      list.split('\n').flatMap((line) => (line.startsWith('#') ? [] : line.trim().split(/\s+/u))),
    ),
  );
  return {
    place,
    because: said === null ? [] : placeReasons(gazetteer, said.text, said.tokens, place),
    common: [...(await commonWordsAmong(names))],
    shipped: names.filter((name) => released.has(name)),
  };
}

function tryCalibration({ varDir, office, precision }: Of<'calibration'>): CalibrationTrial {
  const { taxonomy } = office;
  const weights = loadWeights(undefined, taxonomy === undefined ? undefined : readTaxonomy(taxonomy));
  return { ...calibrate(storedCases(varDir), weights, precision), weights: weights.version };
}

const answer = (ask: TrialAsk): unknown => {
  switch (ask.kind) {
    case 'taxonomy':
      return tryWords(ask);
    case 'places':
      return tryPlaces(ask);
    case 'calibration':
      return tryCalibration(ask);
  }
};

try {
  port.postMessage({ answer: await answer(workerData as TrialAsk) } satisfies TrialSaid);
} catch (cause) {
  port.postMessage({ fault: cause instanceof Error ? cause.message : String(cause) } satisfies TrialSaid);
}
