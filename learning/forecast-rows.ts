import {
  featuresOf,
  LEAST_POSTS,
  LONGEST_HOURS,
  WITHIN_HOURS,
  type SpreadSoFar,
} from '../pipelines/4-watch/forecast-rung.ts';
import { SPREAD_RULES } from '../pipelines/4-watch/grade-spread.ts';
import type { Tier } from '../pipelines/domain/tier.ts';
import { readCascades, readRumors } from './data-sets.ts';

/** One moment of one cascade. */
export interface Moment {
  /** Which cascade, in the order of their first posts. */
  readonly cascade: number;
  readonly rung: Tier;
  readonly features: readonly number[];
  /** Whether it had climbed six hours later. */
  readonly climbed: boolean;
}

const HOUR = 3600;
/** Moments at which a cascade is looked at, hours after its first post. */
const LOOKS = [0.25, 0.5, 1, 2, 3, 6, 12, 24, LONGEST_HOURS];
const { county, city, province } = SPREAD_RULES.volumeLeast;
const RUNGS: readonly (readonly [Tier, number])[] = [
  ['town', 0],
  ['county', county],
  ['city', city],
  ['province', province],
];
/** What each rung is the step to, by volume. */
export const NEXT: Readonly<Partial<Record<Tier, Tier>>> = { town: 'county', county: 'city', city: 'province' };

/**
 * The CED cascades as incidents whose rung rests on volume alone, since reposts name no places: distinct comments in a decayed hour, as
 * `grade-spread.ts` counts them (bare forwards are copies and do not count). Moments once the highest rung is reached are left out.
 */
export function forecastMoments(data: string): Moment[] {
  const cascades = readCascades(data);
  const roots = [...readRumors(data)].sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
  return roots.flatMap((root, cascade) => {
    const texts = new Set<string>();
    const times = [0];
    for (const [seconds, , , text] of [...(cascades.get(root.id) ?? [])].sort((a, b) => a[0] - b[0])) {
      const said = text.trim();
      if (said === '' || said === '转发微博' || texts.has(said)) continue;
      texts.add(said);
      times.push(seconds);
    }
    return LOOKS.flatMap((hours): Moment[] => {
      const soFar = stateAt(times, hours * HOUR);
      if (!(soFar.rung in NEXT) || soFar.posts < LEAST_POSTS) return [];
      const later = stateAt(times, (hours + WITHIN_HOURS) * HOUR);
      return [{ cascade, rung: soFar.rung, features: featuresOf(soFar), climbed: later.rung !== soFar.rung }];
    });
  });
}

function stateAt(times: readonly number[], now: number): SpreadSoFar {
  let [posts, decayed, at, most] = [0, 0, 0, 0];
  for (const time of times) {
    if (time > now) break;
    decayed = decayed * Math.exp(-(time - at) / HOUR) + 1;
    at = time;
    most = Math.max(most, decayed);
    posts++;
  }
  const rung = RUNGS.findLast(([, least]) => most >= least)![0];
  return { rung, posts, lastHour: decayed * Math.exp(-(now - at) / HOUR), hours: now / HOUR };
}
