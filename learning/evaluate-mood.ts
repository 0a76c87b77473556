import { MOODS } from '../pipelines/domain/post.ts';
import { readMoods, readValence, withoutEmoticons, type MoodRow } from './data-sets.ts';
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
  const valence = readValence(data).map((row) => ({ ...row, text: withoutEmoticons(row.text) }));
  const valenceCut = Math.floor(valence.length * 0.8);
  const seen = new Set(valence.slice(0, valenceCut).map((row) => row.text));
  const held = valence.slice(valenceCut).filter((row) => !seen.has(row.text));

  const onVirus = trainFeeling(data, extract, moodRows(virus.train, []), valence.slice(0, valenceCut));
  const onUsual = trainFeeling(data, extract, moodRows([...virus.train, ...virus.test], usual.slice(0, cut)), []);
  const scores = scoreTexts(
    held.map((row) => extract.of(row.text)),
    onVirus.vocabulary,
    onVirus.valence,
  );
  const right = accuracy(
    held.map((row) => row.label),
    scores.map(([score]) => ((score as number) > 0 ? 1 : 0)),
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
  ]);
}
