import { doubtOf, ReplyReader } from '../pipelines/2-understand/rumor-over-time.ts';
import { calibrationFigures } from './calibration.ts';
import { readCascades, readRumors, type RumorRow } from './data-sets.ts';
import type { Figure } from './figure.ts';
import { fitAtZero } from './fit-at-zero.ts';
import { accuracy, areaUnderCurve, bootstrap, macroF1, wilson } from './measures.ts';
import { readParts } from './parts.ts';
import { fitReplies, readReplyExamples, repliesBy, replyLogit, WAITS, type Parts } from './train-replies.ts';
import { claimShare, gatedLogit, rumorLogit } from './train-rumor.ts';

const BARS: Readonly<Record<number, readonly [bar: number, goal: number]>> = {
  0: [0.82, 0.86],
  900: [0.887, 0.9],
  3_600: [0.893, 0.92],
  21_600: [0.905, 0.93],
  86_400: [0.91, 0.94],
};

const named = (wait: number): string => (wait < 3_600 ? `${wait / 60} min` : `${wait / 3_600} h`);

interface Split {
  readonly train: readonly RumorRow[];
  readonly test: readonly RumorRow[];
}

/** The first `share` of time to learn from, the rest to judge: never at random, copies of one rumor stand together in time. */
export function splitByTime(rows: readonly RumorRow[], share: number, until = 1): Split {
  const cut = Math.floor(rows.length * share);
  return { train: rows.slice(0, cut), test: rows.slice(cut, Math.floor(rows.length * until)) };
}

/** Logits of the test posts at each waiting time (0 first), from a model that saw the training span only; through the gate. */
export function rumorOverTime(data: string, { train, test }: Split, parts: Parts): Map<number, number[]> {
  const { extract, cues, vocabulary, rumor: atZero, claim } = fitAtZero(data, train, parts);
  const results = new Map<number, number[]>();
  const zero = test.map((row) => rumorLogit(row, extract.of(row.text), vocabulary, atZero, cues));
  const claims = test.map((row) => claimShare(row, extract.of(row.text), vocabulary, claim, cues));
  results.set(
    0,
    zero.map((logit, at) => gatedLogit(logit, claims[at] as number)),
  );
  const replies = fitReplies(readReplyExamples(data, train, parts, WAITS), atZero.logits);
  const cascades = readCascades(data);
  const reader = new ReplyReader(parts);
  for (const wait of WAITS)
    results.set(
      wait,
      test.map((row, at) => {
        const come = repliesBy(cascades.get(row.id) ?? [], wait);
        const own = claims[at] as number;
        if (come.length === 0) return gatedLogit(zero[at] as number, own);
        const logit = replyLogit(reader, come, zero[at] as number, replies);
        return gatedLogit(logit, own + doubtOf(reader.numbers));
      }),
    );
  return results;
}

/** CED: learnt on the first 70 % of time, judged on the last 30 %. */
export function evaluateRumor(data: string): Promise<Figure[]> {
  const split = splitByTime(readRumors(data), 0.7);
  const truth = split.test.map((row) => row.label);
  const figures: Figure[] = [];
  for (const [wait, logits] of rumorOverTime(data, split, readParts())) {
    const said = logits.map((each) => (each >= 0 ? 1 : 0));
    const value = accuracy(truth, said);
    const [bar, goal] = BARS[wait] as readonly [number, number];
    const n = truth.length;
    figures.push({
      head: 'rumor',
      metric: `accuracy, CED by time, ${named(wait)}`,
      value,
      n,
      ...wilson(value, n),
      bar,
      goal,
    });
    const drawn = (measure: (truth: readonly number[], said: readonly number[]) => number, from: readonly number[]) =>
      bootstrap(n, (at) =>
        measure(
          at.map((i) => truth[i] as number),
          at.map((i) => from[i] as number),
        ),
      );
    figures.push({
      head: 'rumor',
      metric: `macro-F1, ${named(wait)}`,
      value: macroF1(truth, said),
      n,
      ...drawn(macroF1, said),
    });
    figures.push({
      head: 'rumor',
      metric: `AUC, ${named(wait)}`,
      value: areaUnderCurve(truth, logits),
      n,
      ...drawn(areaUnderCurve, logits),
    });
    if (wait === 0 || wait === 3_600)
      figures.push(
        ...calibrationFigures(
          `rumor score, CED by time, ${named(wait)}`,
          logits.map((logit, at) => ({ score: 1 / (1 + Math.exp(-logit)), truth: truth[at] === 1 })),
        ),
      );
  }
  return Promise.resolve(figures);
}
