import { pleaLogit } from '../pipelines/2-understand/weigh-plea.ts';
import { readClassed, readMoods, readRumors, readValence } from './data-sets.ts';
import { trainHead, type Head, type TrainedHead } from './heads.ts';
import { PleaReader } from './read-plea.ts';
import { NO_REVIEWED, REVIEWED_WEIGHT, withReviewed, type ReviewedRows } from './reviewed-rows.ts';
import { CueReader } from './silver.ts';
import { ordinaryPosts, readClaimTexts, trainClaim } from './train-claim.ts';
import { dutyHead, messageText, trainClasses } from './train-duty.ts';
import { feelingCorpora, fitFeeling, moodRows, readFeelingTexts } from './train-feeling.ts';
import { needHead } from './train-need.ts';
import type { Parts } from './train-replies.ts';
import { CLAIM_MIX, fitRumor } from './train-rumor.ts';
import { buildVocabulary, Extractor, type Vocabulary } from './vocabulary.ts';

export interface TrainedTexts {
  readonly vocabulary: Vocabulary;
  readonly heads: readonly TrainedHead[];
  readonly numbers: Record<string, number[]>;
  /** Out-of-fold rumor logits of the CED posts, oldest first. */
  readonly rumorLogits: readonly number[];
}

/** How many texts of a head must hold a feature for it to be kept. */
const LEAST = { need: 25, duty: 12, rumor: 3, classes: 2, claim: 12 } as const;

/** Every head on the text of a post, over one vocabulary. `plea` is the layer of pleas. */
export function trainTexts(
  data: string,
  parts: Parts,
  plea: Float32Array,
  say: (line: string) => void,
  reviewed: ReviewedRows = NO_REVIEWED,
): TrainedTexts {
  const extract = new Extractor(parts.folding);
  const cues = new CueReader(parts.cues, parts.folding);
  say('reading texts');
  const reviewedMoods = reviewed.moods.map((row) => ({ ...row, weight: REVIEWED_WEIGHT }));
  const published = moodRows(
    [...readMoods(data, 'virus_train'), ...readMoods(data, 'virus_eval_labeled')],
    readMoods(data, 'usual_eval_labeled'),
  );
  const moods = [...published, ...reviewedMoods];
  const feelingTexts = readFeelingTexts(data, extract, moods, readValence(data));
  const pleas = new PleaReader(parts.cues, parts.folding);
  const pleaOf = (text: string): number => pleaLogit(pleas.of(text), plea);
  const featured = <Row extends { readonly text: string }>(row: Row) => ({ ...row, features: extract.of(row.text) });
  const heads: Head[] = [
    withReviewed(needHead(data, extract, cues, pleaOf), reviewed.needs.map(featured)),
    withReviewed(dutyHead(data, extract, cues), reviewed.duties.map(featured)),
  ];
  const known = readRumors(data);
  const rumors = [...known, ...reviewed.rumors];
  const rumorTexts = rumors.map((row) => extract.of(row.text));
  const classed = readClassed(data);
  const claims = readClaimTexts(data, extract);
  const vocabulary = buildVocabulary([
    ...feelingCorpora(feelingTexts),
    ...heads.map(({ name, texts }) => ({ texts, least: name === 'need' ? LEAST.need : LEAST.duty })),
    { texts: rumorTexts, least: LEAST.rumor },
    { texts: [...claims.titles, ...claims.everyday], least: LEAST.claim },
    { texts: classed.map((row) => extract.of(messageText(row))), least: LEAST.classes },
  ]);
  say(`vocabulary: ${vocabulary.idf.length} features`);
  say(
    `mood ${feelingTexts.moods.length}, valence ${feelingTexts.valences.length}, emoticons ${feelingTexts.emoticons.length} texts`,
  );
  const { mood, valence } = fitFeeling(feelingTexts, vocabulary);
  const [need, duty] = heads.map((head) => {
    say(`${head.name}: ${head.texts.length} texts`);
    return trainHead(head, vocabulary);
  }) as [TrainedHead, TrainedHead];
  say(`classes: ${classed.length} texts`);
  const classes = trainClasses(data, classed, extract, vocabulary);
  say(`rumor: ${rumors.length} texts`);
  const rumor = fitRumor(rumors, rumorTexts, vocabulary, cues, ordinaryPosts(data, extract));
  say(`claim: ${claims.titles.length} titles, ${claims.everyday.length} everyday texts`);
  const claim = trainClaim(rumorTexts, claims, vocabulary);
  return {
    vocabulary,
    heads: [mood, valence, need, duty, classes, rumor.head, claim],
    numbers: {
      'mood.mix': [0.62, 0.19, 0],
      'need.mix': [1, 1, 0.5],
      'duty.mix': [0.5, 2.2, -2, 0.5, 0.6, 0.25, 2.4],
      'rumor.claim': [...CLAIM_MIX],
      ...rumor.numbers,
    },
    rumorLogits: rumor.logits.slice(0, known.length),
  };
}
