import type { Understanding } from '../pipelines/domain/post.ts';
import { judge } from '../pipelines/2-understand/classify.ts';
import { loadWeights } from '../server/adapters/models/load-weights.ts';
import { readStream } from './data-sets.ts';
import type { Figure } from './figure.ts';
import { bootstrap, wilson } from './measures.ts';
import { readNeedGold, type JudgedRow, type Verdict } from './need-gold.ts';

type Need = Understanding['need'];
type Judged = JudgedRow & { readonly need: Need };

/** One yes-or-no answer of the rules beside the reader's. */
interface Question {
  readonly head: 'help' | 'life';
  readonly said: (need: Need) => boolean;
  readonly truth: (row: Judged) => Verdict | undefined;
}

const HELP: Question = { head: 'help', said: (need) => need.kind === '求助', truth: (row) => row.help };
const LIFE: Question = { head: 'life', said: (need) => need.lifeAtRisk, truth: (row) => row.life };

const BARS = { precision: { bar: 0.6, goal: 0.8 }, recall: { bar: 0.7, goal: 0.85 } } as const;

/** How many rows of its set each row stands for: the size of its stratum by the rows drawn from it. */
function standsFor(rows: readonly Judged[]): Map<Judged, number> {
  const keyOf = (row: Judged): string => `${row.draw} ${row.set} ${row.stratum}`;
  const drawn = new Map<string, number>();
  for (const row of rows) drawn.set(keyOf(row), (drawn.get(keyOf(row)) ?? 0) + 1);
  return new Map(rows.map((row) => [row, row.of / (drawn.get(keyOf(row)) ?? 1)]));
}

/** Precision and recall; a row its reader was unsure of counts as no. `weight` says how much a row counts. */
function measure(on: string, rows: readonly Judged[], question: Question, weight: (row: Judged) => number): Figure[] {
  const { head, said, truth } = question;
  const judged = rows.filter((row) => truth(row) !== undefined);
  const share =
    (of: (row: Judged) => boolean) =>
    (chosen: readonly number[]): number => {
      let [hits, all] = [0, 0];
      for (const at of chosen) {
        const row = judged[at] as Judged;
        if (!of(row)) continue;
        all += weight(row);
        if (said(row.need) && truth(row) === 'yes') hits += weight(row);
      }
      return hits / Math.max(1e-9, all);
    };
  const everyRow = judged.map((_, at) => at);
  const figure = (metric: 'precision' | 'recall', of: (row: Judged) => boolean): Figure => ({
    head,
    metric: `${metric}, ${on}`,
    value: share(of)(everyRow),
    n: judged.filter(of).length,
    ...bootstrap(judged.length, share(of)),
    ...(head === 'help' && on.startsWith('held') ? BARS[metric] : {}),
  });
  return [figure('precision', (row) => said(row.need)), figure('recall', (row) => truth(row) === 'yes')];
}

/** Precision where the surest calls make up seven tenths of the pleas: what an office gets that reads the list from above. */
function atBarRecall(on: string, rows: readonly Judged[], weight: (row: Judged) => number): Figure {
  const judged = rows.filter((row) => row.help !== undefined);
  const value = (chosen: readonly number[]): number => {
    const picked = chosen.map((at) => judged[at] as Judged);
    const pleas = picked.reduce((sum, row) => sum + (row.help === 'yes' ? weight(row) : 0), 0);
    const calls = picked.filter(({ need }) => need.kind === '求助').sort((a, b) => b.need.score - a.need.score);
    let [hits, all] = [0, 0];
    for (const row of calls) {
      all += weight(row);
      if (row.help === 'yes') hits += weight(row);
      if (hits >= BARS.recall.bar * pleas) return hits / all;
    }
    return 0;
  };
  const metric = `precision at recall .70, ${on}`;
  const [n, every] = [judged.length, judged.map((_, at) => at)];
  return { head: 'help', metric, value: value(every), n, ...bootstrap(n, value), ...BARS.precision };
}

function kindsRight(on: string, rows: readonly Judged[]): Figure[] {
  if (rows.length === 0) return [];
  const value = rows.filter(({ kinds, need }) => kinds.includes(need.kind ?? 'none')).length / rows.length;
  return [{ head: 'needs', metric: `kind right, ${on}`, value, n: rows.length, ...wilson(value, rows.length) }];
}

/**
 * Pleas, life at risk and kinds of need on the rows judged for this project (learning/gold). Held rows were judged after
 * the rules were final; “weighed” counts each row for the rows of its set that it stands for.
 */
export function evaluateNeeds(data: string): Promise<Figure[]> {
  const weights = loadWeights();
  const rows = readNeedGold(data).map((row): Judged => ({ ...row, need: judge(weights, { text: row.text }).need }));
  const figures: Figure[] = [];
  for (const part of ['held', 'tune'] as const) {
    const ours = rows.filter((row) => row.part === part);
    const posts = ours.filter((row) => row.help !== undefined);
    const messages = ours.filter((row) => row.help === undefined);
    const evenly = ours.filter((row) => row.of > 0);
    const times = standsFor(evenly);
    for (const question of [HELP, LIFE]) {
      figures.push(...measure(part, ours, question, () => 1));
      if (part === 'held') figures.push(...measure('held, weighed', evenly, question, (row) => times.get(row) ?? 0));
    }
    if (part === 'held')
      figures.push(
        atBarRecall('held', ours, () => 1),
        atBarRecall('held, weighed', evenly, (row) => times.get(row) ?? 0),
      );
    figures.push(...kindsRight(`posts, ${part}`, posts), ...kindsRight(`messages, ${part}`, messages));
  }
  const stream = readStream(data);
  const calls = stream.filter(({ text }) => judge(weights, { text }).need.lifeAtRisk).length;
  const perThousand = (1_000 * calls) / stream.length;
  const metric = 'calls in a thousand posts, ncov-weibo-10k';
  figures.push({ head: 'life', metric, value: perThousand, n: stream.length, lowerIsBetter: true });
  return Promise.resolve(figures);
}
