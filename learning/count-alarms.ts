/** The peer that the detector is measured against: a moving average on raw counts, for each region and word. */
import { pathOf } from '../pipelines/domain/region.ts';
import type { UnderstoodPost } from '../pipelines/domain/post.ts';

export interface Alarm {
  readonly at: number;
  readonly score: number;
  readonly region: string;
  /** Ids of the latest posts of that region with that word. */
  readonly posts: readonly string[];
}

interface Rate {
  lately: number;
  usual: number;
  at: number;
  posts: string[];
}

const HOUR = 3_600_000;
const USUAL = 72;
const LEAST = 3;

/**
 * What a term-burst monitor sees: a decayed count of the last hour against one of three days, for each word at each place of the
 * path. No folding, no authors, no judgement of what a post is about. Answers the strongest word of each post.
 */
export class CountMonitor {
  readonly #rates = new Map<string, Rate>();
  readonly #words: (post: UnderstoodPost) => readonly string[];

  constructor(words: (post: UnderstoodPost) => readonly string[]) {
    this.#words = words;
  }

  see(post: UnderstoodPost): Alarm | null {
    if (post.region === null) return null;
    let best: Alarm | null = null;
    const words = this.#words(post);
    for (const region of pathOf(post.region.code))
      for (const word of words) {
        const rate = this.#count(`${region}|${word}`, post);
        if (rate.lately < LEAST * 0.8) continue;
        const expected = Math.max(0, rate.usual - rate.lately) / USUAL;
        const score = (rate.lately - expected) / Math.sqrt(expected + 1);
        if (best === null || score > best.score) best = { at: post.time, score, region, posts: [...rate.posts] };
      }
    return best;
  }

  #count(key: string, post: UnderstoodPost): Rate {
    const rate = this.#rates.get(key) ?? { lately: 0, usual: 0, at: post.time, posts: [] };
    const gap = Math.max(0, post.time - rate.at) / HOUR;
    rate.lately = rate.lately * Math.exp(-gap) + 1;
    rate.usual = rate.usual * Math.exp(-gap / USUAL) + 1;
    rate.at = Math.max(rate.at, post.time);
    rate.posts = [...rate.posts.slice(-7), post.id];
    this.#rates.set(key, rate);
    return rate;
  }
}

/** Alarms over a threshold, at most one a city (or what is known of it) in twelve hours. */
export function raised(alarms: readonly Alarm[], threshold: number): Alarm[] {
  const quietUntil = new Map<string, number>();
  return alarms.filter((alarm) => {
    const place = alarm.region.slice(0, 4);
    if (alarm.score < threshold || alarm.at < (quietUntil.get(place) ?? -Infinity)) return false;
    quietUntil.set(place, alarm.at + 12 * HOUR);
    return true;
  });
}

/** The lowest threshold that raises at most this many alarms, so that the peer is given all it may have. */
export function atMost(alarms: readonly Alarm[], most: number): Alarm[] {
  const thresholds = [...new Set(alarms.map((alarm) => alarm.score))].sort((a, b) => a - b);
  let [low, high] = [0, thresholds.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (raised(alarms, thresholds[middle]!).length <= most) high = middle;
    else low = middle + 1;
  }
  return thresholds.length === 0 ? [] : raised(alarms, thresholds[low]!);
}
