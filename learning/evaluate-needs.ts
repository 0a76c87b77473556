import type { Understanding } from '../pipelines/domain/post.ts';
import { judge } from '../pipelines/2-understand/classify.ts';
import { loadWeights } from '../server/adapters/models/load-weights.ts';
import { readStream } from './data-sets.ts';
import type { Figure } from './figure.ts';
import { wilson } from './measures.ts';
import { readNeedGold, type JudgedRow, type Verdict } from './need-gold.ts';

type Judged = JudgedRow & { readonly need: Understanding['need'] };

/** Precision and recall of one answer; a row its reader was unsure of counts as no. */
function precisionAndRecall(
  head: string,
  on: string,
  rows: readonly Judged[],
  said: (need: Understanding['need']) => boolean,
  truth: (row: Judged) => Verdict,
  bars: { readonly precision?: Partial<Figure>; readonly recall?: Partial<Figure> } = {},
): Figure[] {
  let [hits, calls, positives] = [0, 0, 0];
  for (const row of rows) {
    const yes = said(row.need);
    if (yes) calls++;
    if (truth(row) === 'yes') positives++;
    if (yes && truth(row) === 'yes') hits++;
  }
  const precision = hits / Math.max(1, calls);
  const recall = hits / Math.max(1, positives);
  return [
    { head, metric: `precision, ${on}`, value: precision, n: calls, ...wilson(precision, calls), ...bars.precision },
    { head, metric: `recall, ${on}`, value: recall, n: positives, ...wilson(recall, positives), ...bars.recall },
  ];
}

function kindsRight(on: string, rows: readonly Judged[]): Figure {
  const right = rows.filter(({ kinds, need }) => kinds.includes(need.kind ?? 'none')).length;
  const value = right / Math.max(1, rows.length);
  return { head: 'needs', metric: `kind right, ${on}`, value, n: rows.length, ...wilson(value, rows.length) };
}

/** Pleas, life at risk and kinds of need on the rows judged for this project (learning/gold). Held rows were judged after the rules were final. */
export function evaluateNeeds(data: string): Promise<Figure[]> {
  const weights = loadWeights();
  const rows = readNeedGold(data).map((row): Judged => ({ ...row, need: judge(weights, { text: row.text }).need }));
  const figures: Figure[] = [];
  for (const part of ['held', 'tune'] as const) {
    const ours = rows.filter((row) => row.part === part);
    const posts = ours.filter((row) => row.help !== undefined);
    // Rows drawn because the rules call them say how often a call is wrong, not how often calls are.
    const evenly = posts.filter((row) => row.stratum !== 'C');
    const bars = part === 'held' ? { precision: { bar: 0.6, goal: 0.8 }, recall: { bar: 0.7, goal: 0.85 } } : {};
    const plea = (need: Understanding['need']): boolean => need.kind === '求助';
    figures.push(
      ...precisionAndRecall('help', part, evenly, plea, (row) => row.help as Verdict, bars),
      ...precisionAndRecall(
        'life',
        part,
        ours,
        (need) => need.lifeAtRisk,
        (row) => row.life,
      ),
      kindsRight(`posts, ${part}`, posts),
      kindsRight(
        `messages, ${part}`,
        ours.filter((row) => row.help === undefined),
      ),
    );
  }
  const stream = readStream(data);
  const calls = stream.filter(({ text }) => judge(weights, { text }).need.lifeAtRisk).length;
  figures.push({
    head: 'life',
    metric: 'calls in a thousand posts, ncov-weibo-10k',
    value: (1_000 * calls) / stream.length,
    n: stream.length,
    lowerIsBetter: true,
  });
  return Promise.resolve(figures);
}
