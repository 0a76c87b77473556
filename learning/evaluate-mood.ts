import { numbersOf } from '../pipelines/2-understand/classify.ts';
import { judgeMood } from '../pipelines/2-understand/judge-mood.ts';
import { MOODS } from '../pipelines/domain/post.ts';
import { loadWeights } from '../server/adapters/models/load-weights.ts';
import { calibrationFigures, type Rated } from './calibration.ts';
import { readMoods, readValence, withoutEmoticons, type MoodRow, type ValenceRow } from './data-sets.ts';
import type { Figure } from './figure.ts';
import { accuracy, bootstrap, macroF1, wilson } from './measures.ts';
import { moodRows, trainFeeling, type Feeling } from './train-feeling.ts';
import { readParts } from './parts.ts';
import { scoreTexts } from './heads.ts';
import { Extractor } from './vocabulary.ts';

const best = (scores: Float64Array): number => scores.indexOf(Math.max(...scores));

function moodFigures(
  name: string,
  rows: readonly MoodRow[],
  feeling: Feeling,
  extract: Extractor,
  bars: { bar: number; goal: number },
): Figure[] {
  const said = scoreTexts(
    rows.map((row) => extract.of(row.text)),
    feeling.vocabulary,
    feeling.mood,
  ).map((scores) => best(scores));
  const truth = rows.map((row) => row.mood);
  const of = (at: readonly number[]): number =>
    macroF1(
      at.map((i) => truth[i] as number),
      at.map((i) => said[i] as number),
    );
  const right = accuracy(truth, said);
  const n = rows.length;
  return [
    {
      head: 'mood',
      metric: `macro-F1, ${MOODS.length} moods, ${name}`,
      value: macroF1(truth, said),
      n,
      ...bootstrap(n, of),
      ...bars,
    },
    { head: 'mood', metric: `accuracy, ${name}`, value: right, n, ...wilson(right, n) },
  ];
}

/** weibo_senti without emoticons: the first four fifths to learn from, the rest without exact copies to be judged. */
function splitValence(data: string): { train: ValenceRow[]; held: ValenceRow[] } {
  const rows = readValence(data).map((row) => ({ ...row, text: withoutEmoticons(row.text) }));
  const cut = Math.floor(rows.length * 0.8);
  const seen = new Set(rows.slice(0, cut).map((row) => row.text));
  return { train: rows.slice(0, cut), held: rows.slice(cut).filter((row) => !seen.has(row.text)) };
}

function sayValence(held: readonly ValenceRow[], feeling: Feeling, extract: Extractor): number[] {
  const texts = held.map((row) => extract.of(row.text));
  return scoreTexts(texts, feeling.vocabulary, feeling.valence).map(([score]) => ((score as number) > 0 ? 1 : 0));
}

/** The published score of each row: valence and moods together, as the running product mixes them. */
function rateValence(held: readonly ValenceRow[], { vocabulary, mood, valence }: Feeling, extract: Extractor): Rated[] {
  const texts = held.map((row) => extract.of(row.text));
  const moods = scoreTexts(texts, vocabulary, mood);
  const mix = numbersOf(loadWeights(), 'mood.mix');
  return scoreTexts(texts, vocabulary, valence).map(([up], at) => ({
    score: judgeMood(moods[at] as Float64Array, up as number, mix).score,
    truth: held[at]?.label === 1,
  }));
}

/** The held rows of weibo_senti and what a model says that learnt from the others: peers are measured on the same rows. */
export function heldValence(data: string): (ValenceRow & { readonly said: number })[] {
  const extract = new Extractor(readParts().folding);
  const { train, held } = splitValence(data);
  const said = sayValence(
    held,
    trainFeeling(data, extract, moodRows(readMoods(data, 'virus_train'), []), train),
    extract,
  );
  return held.map((row, at) => ({ ...row, said: said[at] as number }));
}

/**
 * EWECT virus: learnt on virus_train, judged on virus_eval. EWECT usual: learnt on the virus parts and four fifths of
 * usual_eval, judged on the fifth that stands last in the file. weibo_senti: learnt on the first four fifths, judged on
 * the rest without exact copies, emoticons taken out of both.
 */
export function evaluateMood(data: string): Promise<Figure[]> {
  const parts = readParts();
  const extract = new Extractor(parts.folding);
  const virus = { train: readMoods(data, 'virus_train'), test: readMoods(data, 'virus_eval_labeled') };
  const usual = readMoods(data, 'usual_eval_labeled');
  const cut = Math.floor(usual.length * 0.8);
  const { train, held } = splitValence(data);

  const onVirus = trainFeeling(data, extract, moodRows(virus.train, []), train);
  const onUsual = trainFeeling(data, extract, moodRows([...virus.train, ...virus.test], usual.slice(0, cut)), []);
  const right = accuracy(
    held.map((row) => row.label),
    sayValence(held, onVirus, extract),
  );
  return Promise.resolve([
    ...moodFigures('EWECT virus', virus.test, onVirus, extract, { bar: 0.607, goal: 0.66 }),
    ...moodFigures('EWECT usual', usual.slice(cut), onUsual, extract, { bar: 0.598, goal: 0.68 }),
    {
      head: 'sentiment',
      metric: 'accuracy, weibo_senti without emoticons',
      value: right,
      n: held.length,
      ...wilson(right, held.length),
      bar: 0.73,
      goal: 0.78,
    },
    ...calibrationFigures('sentiment score, weibo_senti without emoticons', rateValence(held, onVirus, extract)),
  ]);
}
