import { DUTIES } from '../pipelines/domain/duty.ts';
import { MOODS, NEEDS } from '../pipelines/domain/post.ts';
import {
  readMessages,
  readMoods,
  readNews,
  readRumors,
  readStream,
  readTitles,
  readValence,
  withoutEmoticons,
} from './data-sets.ts';
import { classWeights, trainHead, type Head, type TrainedHead } from './heads.ts';
import { CueReader, dutyByCues, needByTitle } from './silver.ts';
import type { Parts } from './train-replies.ts';
import { fitRumor } from './train-rumor.ts';
import { buildVocabulary, Extractor, type Features, type Vocabulary } from './vocabulary.ts';

export interface TrainedTexts {
  readonly vocabulary: Vocabulary;
  readonly heads: readonly TrainedHead[];
  readonly numbers: Record<string, number[]>;
  /** Out-of-fold rumor logits of the CED posts, oldest first. */
  readonly rumorLogits: readonly number[];
}

/** How many texts of a head must hold a feature for it to be kept. */
const LEAST: Readonly<Record<string, number>> = { mood: 2, valence: 6, need: 25, duty: 12 };

/** Places are anonymised as A市, A3区: signs of the data set, not of a message. */
export const withoutPlaces = (text: string): string => text.replace(/[A-Z]\d*(?:市|县|区|镇|街道|乡|村)?/g, '');

export function moodHead(data: string, extract: Extractor): Head {
  const rows = ['virus_train', 'virus_eval_labeled', 'usual_eval_labeled'].flatMap((part) => readMoods(data, part));
  const labels = rows.map((row) => row.mood);
  return {
    name: 'mood',
    columns: MOODS.map((mood) => `mood.${mood}`),
    texts: rows.map((row) => extract.of(row.text)),
    labels,
    rowWeights: classWeights(labels, MOODS.length, 0.5),
    c: 3,
    rounds: 30,
  };
}

export function valenceHead(data: string, extract: Extractor): Head {
  const rows = readValence(data);
  return {
    name: 'valence',
    columns: [null, 'valence'],
    texts: [...rows.map((row) => extract.of(row.text)), ...rows.map((row) => extract.of(withoutEmoticons(row.text)))],
    labels: [...rows, ...rows].map((row) => row.label),
    rowWeights: new Float32Array(rows.length * 2).fill(0.7),
    c: 2,
    rounds: 15,
  };
}

function needHead(data: string, extract: Extractor, cues: CueReader): Head {
  const texts: Features[] = [];
  const labels: number[] = [];
  const weights: number[] = [];
  const add = (features: Features, label: number, weight: number): void => {
    texts.push(features);
    labels.push(label);
    weights.push(weight);
  };
  for (const row of readMessages(data)) {
    const byTitle = needByTitle(row.title);
    add(
      extract.of(withoutPlaces(`${row.title} ${row.text}`).slice(0, 300)),
      byTitle ?? NEEDS.indexOf('投诉'),
      byTitle === null ? 0.3 : 1,
    );
  }
  const ordinary = [
    ...readNews(data),
    ...readStream(data),
    ...readTitles(data)
      .slice(0, 4_000)
      .map(({ text, desc }) => ({ text: desc ?? text })),
  ];
  for (const [at, { text }] of ordinary.entries()) {
    const sums = cues.of(text);
    const plea = sums.get('need.求助') ?? 0;
    if (plea >= 5) add(extract.of(text), NEEDS.indexOf('求助'), 1);
    else if (
      at % 2 === 0 &&
      plea <= 1 &&
      ![...sums.keys()].some((label) => label.startsWith('need.') && label !== 'need.none')
    )
      add(extract.of(text), NEEDS.length, 0.7);
  }
  return {
    name: 'need',
    columns: [...NEEDS.map((need) => `need.${need}`), 'need.none'],
    texts,
    labels,
    rowWeights: Float32Array.from(weights),
    c: 1,
    rounds: 12,
  };
}

function dutyHead(data: string, extract: Extractor, cues: CueReader): Head {
  const texts: Features[] = [];
  const shares: number[] = [];
  for (const row of readMessages(data)) {
    const byCues = dutyByCues(cues, row.title, row.text);
    if (byCues === null) continue;
    texts.push(extract.of(withoutPlaces(`${row.title} ${row.text}`).slice(0, 300)));
    shares.push(...byCues, 0);
  }
  for (const { text } of [...readStream(data).slice(0, 3_000), ...readNews(data).slice(0, 1_000)]) {
    const sums = cues.of(text);
    if ([...sums.keys()].some((label) => label.startsWith('duty.'))) continue;
    texts.push(extract.of(text));
    shares.push(...DUTIES.map(() => 0), 1);
  }
  return {
    name: 'duty',
    columns: [...DUTIES.map((duty) => `duty.${duty}`), null],
    texts,
    labels: Float32Array.from(shares),
    c: 1,
    rounds: 12,
  };
}

/** Every head on the text of a post, over one vocabulary. */
export function trainTexts(data: string, parts: Parts, say: (line: string) => void): TrainedTexts {
  const extract = new Extractor(parts.folding);
  const cues = new CueReader(parts.cues, parts.folding);
  const heads = [
    moodHead(data, extract),
    valenceHead(data, extract),
    needHead(data, extract, cues),
    dutyHead(data, extract, cues),
  ];
  const rumors = readRumors(data);
  const rumorTexts = rumors.map((row) => extract.of(row.text));
  const vocabulary = buildVocabulary([
    ...heads.map((head) => ({ texts: head.texts, least: LEAST[head.name] ?? 3 })),
    { texts: rumorTexts, least: 3 },
  ]);
  say(`vocabulary: ${vocabulary.idf.length} features`);
  const trained = heads.map((head) => {
    say(`${head.name}: ${head.texts.length} rows, ${head.columns.length} classes`);
    return trainHead(head, vocabulary);
  });
  say(`rumor: ${rumors.length} rows`);
  const rumor = fitRumor(rumors, rumorTexts, vocabulary, cues);
  return {
    vocabulary,
    heads: [...trained, rumor.head],
    numbers: {
      'mood.mix': [1, 0.3, 0],
      'need.mix': [1, 1, 0.5],
      'duty.mix': [0.6, 2.2, -2.2, 0.5, 0.6],
      ...rumor.numbers,
    },
    rumorLogits: rumor.logits,
  };
}
