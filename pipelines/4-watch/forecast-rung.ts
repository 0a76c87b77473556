import type { Forecast } from '../domain/incident.ts';
import type { Tier } from '../domain/tier.ts';
import type { ForecastModel, RungForecast } from '../ports/forecast-model.ts';

/** What an incident has shown of its spread until now. */
export interface SpreadSoFar {
  readonly rung: Tier;
  /** Distinct posts in all, and of the last hour (decayed count). */
  readonly posts: number;
  readonly lastHour: number;
  /** Since its first post. */
  readonly hours: number;
}

export const WITHIN_HOURS = 6;
/** What the model was learnt on: three posts at least, two days at most. */
export const LEAST_POSTS = 3;
export const LONGEST_HOURS = 48;

/** What the logistic model reads, each about 0…3. */
export const featuresOf = ({ posts, lastHour, hours }: SpreadSoFar): number[] => [
  Math.log10(1 + posts),
  Math.log10(1 + lastHour),
  Math.log10(1 + hours),
  // Growth: above 0 where the last hour brought more than an hour has so far.
  Math.log10((1 + lastHour) / (1 + posts / Math.max(1, hours))),
];

/** The probability that an incident climbs within six hours; undefined where the model does no better there than the base rate. */
export function forecastRung(soFar: SpreadSoFar, model: ForecastModel): Forecast | undefined {
  const own = model.rungs[soFar.rung];
  if (own === undefined || !own.beatsBase || soFar.posts < LEAST_POSTS || soFar.hours > LONGEST_HOURS) return undefined;
  const probability = probabilityOf(own, featuresOf(soFar));
  const rounded = Math.round(probability * 1000) / 1000;
  return { to: own.to, within: WITHIN_HOURS, probability: rounded, base: own.base, n: own.n };
}

export function probabilityOf(model: Pick<RungForecast, 'bias' | 'weights'>, features: readonly number[]): number {
  let sum = model.bias;
  for (const [at, weight] of model.weights.entries()) sum += weight * features[at]!;
  return 1 / (1 + Math.exp(-sum));
}
