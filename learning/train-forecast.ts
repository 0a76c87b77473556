import { probabilityOf } from '../pipelines/4-watch/forecast-rung.ts';
import type { ForecastModel, RungForecast } from '../pipelines/ports/forecast-model.ts';
import type { Tier } from '../pipelines/domain/tier.ts';
import { brier, type Rated } from './calibration.ts';
import { forecastMoments, NEXT, type Moment } from './forecast-rows.ts';
import { minimise } from './minimise.ts';
import { random } from './random.ts';

/** The earliest cascades are learnt from, the rest judged. */
const LEARNT = 0.7;
const RIDGE = 1;
const DRAWS = 400;
const SEED = 6;

export interface Judged {
  readonly rung: Tier;
  readonly model: RungForecast;
  readonly rows: readonly Rated[];
}

/** A logistic model for each rung, learnt on the first 70 % of the cascades by time and judged on the others. */
export function fitForecast(data: string): Judged[] {
  const moments = forecastMoments(data);
  const cascades = Math.max(...moments.map(({ cascade }) => cascade)) + 1;
  const isLearnt = ({ cascade }: Moment): boolean => cascade < cascades * LEARNT;
  return (Object.keys(NEXT) as Tier[]).map((rung) => {
    const of = moments.filter((moment) => moment.rung === rung);
    const [learnt, judged] = [of.filter(isLearnt), of.filter((moment) => !isLearnt(moment))];
    const base = learnt.filter(({ climbed }) => climbed).length / learnt.length;
    const fitted = fit(learnt);
    const rows = judged.map(({ features, climbed }): Rated => ({
      score: probabilityOf(fitted, features),
      truth: climbed,
    }));
    const flat = judged.map(({ climbed }): Rated => ({ score: base, truth: climbed }));
    const better = interval(judged, rows, flat);
    const [said, always] = [brier(rows), brier(flat)];
    const model = {
      to: NEXT[rung]!,
      ...fitted,
      base,
      n: rows.length,
      brier: said,
      baseBrier: always,
      beatsBase: better < 0,
    };
    return { rung, model, rows };
  });
}

export const forecastModel = (judged: readonly Judged[]): ForecastModel => ({
  format: 1,
  rungs: Object.fromEntries(judged.map(({ rung, model }) => [rung, model])),
});

function fit(rows: readonly Moment[]): Pick<RungForecast, 'bias' | 'weights'> {
  const width = rows[0]?.features.length ?? 0;
  const x = new Float64Array(width + 1);
  minimise(
    (at, gradient) => {
      gradient.fill(0);
      let loss = 0;
      const model = { bias: at[width]!, weights: [...at.subarray(0, width)] };
      for (const { features, climbed } of rows) {
        const p = Math.min(1 - 1e-9, Math.max(1e-9, probabilityOf(model, features)));
        loss -= Math.log(climbed ? p : 1 - p);
        const off = p - (climbed ? 1 : 0);
        for (let f = 0; f < width; f++) gradient[f]! += off * features[f]!;
        gradient[width]! += off;
      }
      for (let f = 0; f < width; f++) {
        loss += (RIDGE / 2) * at[f]! ** 2;
        gradient[f]! += RIDGE * at[f]!;
      }
      return loss;
    },
    x,
    100,
  );
  const round = (value: number): number => Math.round(value * 1e4) / 1e4;
  return { bias: round(x[width]!), weights: [...x.subarray(0, width)].map(round) };
}

/** The 97.5th of 100 differences between the forecast's and the base rate's squares, whole cascades drawn again. */
function interval(moments: readonly Moment[], said: readonly Rated[], always: readonly Rated[]): number {
  const square = ({ score, truth }: Rated): number => (score - (truth ? 1 : 0)) ** 2;
  const byCascade = new Map<number, [sum: number, n: number]>();
  for (const [at, { cascade }] of moments.entries()) {
    const [sum, n] = byCascade.get(cascade) ?? [0, 0];
    byCascade.set(cascade, [sum + square(said[at]!) - square(always[at]!), n + 1]);
  }
  const cascades = [...byCascade.values()];
  const next = random(SEED);
  const means = Array.from({ length: DRAWS }, () => {
    let [sum, n] = [0, 0];
    for (let draw = 0; draw < cascades.length; draw++) {
      const [s, m] = cascades[Math.floor(next() * cascades.length)]!;
      sum += s;
      n += m;
    }
    return sum / n;
  }).sort((a, b) => a - b);
  return means[Math.floor(DRAWS * 0.975)]!;
}
