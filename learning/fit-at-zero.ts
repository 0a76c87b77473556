import type { RumorRow } from './data-sets.ts';
import type { TrainedHead } from './heads.ts';
import { CueReader } from './silver.ts';
import { ordinaryPosts, readClaimTexts, trainClaim } from './train-claim.ts';
import type { Parts } from './train-replies.ts';
import { fitRumor, type TrainedRumor } from './train-rumor.ts';
import { buildVocabulary, Extractor, type Vocabulary } from './vocabulary.ts';

/** Rumor at 0 h and the claim gate, over a vocabulary of their own, and what reads texts for them. */
export interface FittedAtZero {
  readonly extract: Extractor;
  readonly cues: CueReader;
  readonly vocabulary: Vocabulary;
  readonly rumor: TrainedRumor;
  readonly claim: TrainedHead;
}

/** Learnt on a span of time only, so that what comes after it can be judged. */
export function fitAtZero(data: string, train: readonly RumorRow[], parts: Parts): FittedAtZero {
  const extract = new Extractor(parts.folding);
  const cues = new CueReader(parts.cues, parts.folding);
  const texts = train.map((row) => extract.of(row.text));
  const claimTexts = readClaimTexts(data, extract);
  const vocabulary = buildVocabulary([
    { texts, least: 3 },
    { texts: [...claimTexts.titles, ...claimTexts.everyday], least: 12 },
  ]);
  const rumor = fitRumor(train, texts, vocabulary, cues, ordinaryPosts(data, extract));
  return { extract, cues, vocabulary, rumor, claim: trainClaim(texts, claimTexts, vocabulary) };
}
