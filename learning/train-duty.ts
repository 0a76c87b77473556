import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DUTIES } from '../pipelines/domain/duty.ts';
import { DUTY_CLASSES, DUTY_CLASS_NAMES } from '../pipelines/2-understand/duty-classes.ts';
import { readMessages, readNews, readStream, type ClassedRow, type MessageRow } from './data-sets.ts';
import { readJudgedMessages } from './judged-classes.ts';
import { classWeights, trainHead, type Head, type TrainedHead } from './heads.ts';
import { dutyByCues, type CueReader } from './silver.ts';
import type { Extractor, Features, Vocabulary } from './vocabulary.ts';

/** Longer messages repeat themselves; their beginning says what they are about. */
const MOST_SIGNS = 400;
/** A message whose duty the cue words leave open teaches nothing; so many ordinary posts without any are enough. */
const ORDINARY = { stream: 3_000, news: 1_000 } as const;

/** Places are anonymised as A市, A3区: signs of the data set, not of a message. */
const withoutPlaces = (text: string): string => text.replace(/[A-Z]\d*(?:市|县|区|镇|街道|乡|村)?/g, '');

export const messageText = (row: Pick<MessageRow, 'title' | 'text'>): string =>
  withoutPlaces(`${row.title} ${row.text}`).slice(0, MOST_SIGNS);

/** Silver: citizens' messages by the cue words of their titles and texts; the classifier learns what else they say. */
export function dutyHead(data: string, extract: Extractor, cues: CueReader): Head {
  const texts: Features[] = [];
  const shares: number[] = [];
  for (const row of readMessages(data)) {
    const byCues = dutyByCues(cues, row.title, row.text);
    if (byCues === null) continue;
    texts.push(extract.of(messageText(row)));
    shares.push(...byCues, 0);
  }
  for (const { text } of [...readStream(data).slice(0, ORDINARY.stream), ...readNews(data).slice(0, ORDINARY.news)]) {
    const sums = cues.of(text);
    if ([...sums.keys()].some((label) => label.startsWith('duty.'))) continue;
    texts.push(extract.of(text));
    shares.push(...DUTIES.map(() => 0), 1);
  }
  const columns = [...DUTIES.map((duty) => `duty.${duty}`), null];
  return {
    name: 'duty',
    columns,
    texts,
    labels: Float32Array.from(shares),
    by: { rounds: 5, step: 0.1, penalty: 1e-5 },
  };
}

/** How much a row counts beside a labelled message (1). */
const WEIGHTS = { title: 0.6, taxonomy: 0.5, judged: 0.3 } as const;

/** Names of matters, `class,group,matter` a line: short texts with a class. */
export function readTaxonomy(data: string): { text: string; label: number }[] {
  const lines = readFileSync(join(data, 'taidi2020c/taxonomy-517.csv'), 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  return lines.slice(1).flatMap((line) => {
    const [name, group, matter] = line.split(',');
    const label = DUTY_CLASS_NAMES.findIndex((each) => each === name);
    return label < 0 ? [] : [{ text: `${group ?? ''} ${matter ?? ''}`, label }];
  });
}

/** Points of the cue words by class: those of its duties, and those of its own. */
export function classByCues(cues: CueReader, row: Pick<MessageRow, 'title' | 'text'>): Float64Array {
  const points = new Float64Array(DUTY_CLASS_NAMES.length);
  const count = (sums: ReadonlyMap<string, number>, times: number, most: number): void => {
    DUTY_CLASS_NAMES.forEach((name, k) => {
      let sum = sums.get(`class.${name}`) ?? 0;
      for (const duty of DUTY_CLASSES[name]) sum += sums.get(`duty.${duty}`) ?? 0;
      points[k] = (points[k] as number) + times * Math.min(most, sum);
    });
  };
  count(cues.of(row.title), 2, 6);
  count(cues.of(row.text.slice(0, 600)), 1, 8);
  return points;
}

/**
 * The seven classes: labelled messages and their titles, the names of the taxonomy's matters, and further messages that
 * we judged by reading. Each class counts the same in all.
 */
export function trainClasses(
  data: string,
  rows: readonly ClassedRow[],
  extract: Extractor,
  vocabulary: Vocabulary,
): TrainedHead {
  const texts: Features[] = [];
  const labels: number[] = [];
  const weights: number[] = [];
  const add = (text: string, label: number, weight: number): void => {
    texts.push(extract.of(text));
    labels.push(label);
    weights.push(weight);
  };
  for (const row of rows) {
    const label = DUTY_CLASS_NAMES.indexOf(row.label);
    add(messageText(row), label, 1);
    add(withoutPlaces(row.title), label, WEIGHTS.title);
  }
  for (const { text, label } of readTaxonomy(data)) add(text, label, WEIGHTS.taxonomy);
  for (const row of readJudgedMessages(data)) {
    if (row.label < 0) continue;
    add(messageText(row), row.label, WEIGHTS.judged);
    add(withoutPlaces(row.title), row.label, WEIGHTS.judged * WEIGHTS.title);
  }
  const balance = classWeights(labels, DUTY_CLASS_NAMES.length, 1);
  return trainHead(
    {
      name: 'class',
      columns: DUTY_CLASS_NAMES.map((name) => `class.${name}`),
      texts,
      labels,
      rowWeights: balance.map((weight, row) => weight * (weights[row] as number)),
      by: { c: 15 },
    },
    vocabulary,
  );
}
