import type { Tier } from '../domain/tier.ts';

/** Weights for one rung, and what they reached on cascades that they were not learnt from. */
export interface RungForecast {
  readonly to: Tier;
  readonly bias: number;
  readonly weights: readonly number[];
  /** Share that climbed within six hours, of those learnt from; and moments judged. */
  readonly base: number;
  readonly n: number;
  /** Mean square of probability minus truth on what was not learnt from: of the forecast, and of always saying the base rate. */
  readonly brier: number;
  readonly baseBrier: number;
  /** True where the 95 % interval of the difference of the two lies below 0: only then is it shown. */
  readonly beatsBase: boolean;
}

export interface ForecastModel {
  readonly format: 1;
  readonly rungs: Readonly<Partial<Record<Tier, RungForecast>>>;
}
