import { hashOf } from '../domain/hash.ts';
import type { FoldedPost } from '../domain/post.ts';
import { regionAt, type RegionCode } from '../domain/region.ts';
import { meet as meetSpots, type Whereabouts } from './nearness.ts';
import { heaviest, type Cluster } from './one-cluster.ts';
import type { Concern } from './concern.ts';
import type { DocumentFrequency } from './document-frequency.ts';
import type { SpreadEvidence } from './grade-spread.ts';
import { HourOfWeek, type HourOfWeekState } from './hour-of-week.ts';
import { RateTable, type RateTableState } from './moving-average.ts';
import { sureRegion } from './count-places.ts';
import { lastHourAt, type Tally } from './tally.ts';
import { placeId, type Terms } from './terms.ts';

const TIERS_RATED = ['county', 'city', 'province'] as const;
const ALL_WORDS = hashOf('*');
const TROUBLE = hashOf('!');
const RATED_WORDS = 16;
/** Concern from which a post speaks of trouble. */
const TROUBLED = 0.4;
/** Cosine added where trouble is told of a place that this stream seldom names. */
const RARE_PLACE = 0.25;
/** A place of this idf is seldom named: a burst of trouble there is one, whatever the words. */
const RARE_IDF = 5;

/** What is usual at each place of three tiers, for each word, for trouble as such and for everything; and what stands out. */
export class BurstMeter {
  readonly #rates: RateTable;
  readonly #frequency: DocumentFrequency;
  readonly #hours = new HourOfWeek();
  #since = 0;

  /** @param latelyMs half-life of what counts as lately */
  constructor(frequency: DocumentFrequency, latelyMs: number) {
    this.#frequency = frequency;
    this.#rates = new RateTable(18, latelyMs);
  }

  add(post: FoldedPost, terms: Terms, concern: Concern): void {
    if (this.#since === 0 || post.time < this.#since) this.#since = post.time;
    this.#hours.add(post.time);
    const region = sureRegion(post);
    if (region === null) return;
    const words = Math.min(terms.ids.length, RATED_WORDS);
    for (const tier of TIERS_RATED) {
      const code = regionAt(region, tier);
      if (code === undefined) continue;
      const place = placeId(code);
      this.#rates.add(place, ALL_WORDS, post.time);
      if (concern.score >= TROUBLED) this.#rates.add(place, TROUBLE, post.time);
      for (let at = 0; at < words; at++) this.#rates.add(place, terms.ids[at]!, post.time);
    }
  }

  /** How seldom this stream names a place: its inverse document frequency; 0 for no place. */
  rarity(region: RegionCode | null): number {
    return region === null ? 0 : this.#frequency.idf(placeId(region));
  }

  /**
   * How far a cluster's words stand above what is usual at the places of its path, in standard deviations: the mean of the
   * best two of its three heaviest words, since one rare word alone is chance.
   */
  of(cluster: Cluster, time: number): number {
    if (cluster.region === null) return 0;
    const words = heaviest(cluster, 3);
    const busy = this.#hours.factor(time);
    let most = 0;
    for (const tier of TIERS_RATED) {
      const code = regionAt(cluster.region, tier);
      if (code === undefined) continue;
      const place = placeId(code);
      const each = words
        .map((word) => this.#rates.significance(place, word, time, this.#since, busy))
        .sort((a, b) => b - a);
      most = Math.max(most, ((each[0] ?? 0) + (each[1] ?? each[0] ?? 0)) / 2);
      if (this.#frequency.idf(place) >= RARE_IDF)
        most = Math.max(most, this.#rates.significance(place, TROUBLE, time, this.#since, busy));
    }
    return most;
  }

  /**
   * Trouble told in other words of the same seldom named place is most likely the same trouble: in a national stream two posts
   * of one small city within hours are one event, in that city's own stream they say nothing. Where both name a road or an estate and
   * none in common, they are two of a kind.
   */
  samePlace(
    region: RegionCode | null,
    spots: Whereabouts['spots'],
    concern: Concern,
    concernIn: (cluster: Cluster) => number,
  ): (cluster: Cluster) => number {
    if (region === null || concern.score < TROUBLED) return () => 0;
    return (cluster) => {
      const shared = cluster.region === null ? undefined : meet(cluster.region, region);
      if (shared === undefined || concernIn(cluster) < TROUBLED || meetSpots(cluster.spots, spots) === 'apart')
        return 0;
      return RARE_PLACE * Math.max(0, Math.min(1, (this.rarity(shared) - 3.5) / 3));
    };
  }

  /** A cluster's last hour beside the usual hour of its own places. */
  volume(tally: Tally, region: RegionCode | null, time: number): SpreadEvidence['volume'] {
    const sample = tally.members.ids.slice(-8);
    const lastHour = lastHourAt(tally, time);
    const volume = new Map<(typeof TIERS_RATED)[number], { lastHour: number; usual: number; sample: typeof sample }>();
    for (const tier of TIERS_RATED) {
      const code = region === null ? undefined : regionAt(region, tier);
      if (code === undefined) continue;
      volume.set(tier, {
        lastHour,
        usual: this.#rates.usualPerHour(placeId(code), ALL_WORDS, time, this.#since),
        sample,
      });
    }
    return volume;
  }

  save(): BurstState {
    return { rates: this.#rates.save(), hours: this.#hours.save(), since: this.#since };
  }

  load(state: BurstState): void {
    this.#rates.load(state.rates);
    this.#hours.load(state.hours);
    this.#since = state.since;
  }
}

export interface BurstState {
  readonly rates: RateTableState;
  readonly hours: HourOfWeekState;
  readonly since: number;
}

/** The deepest division that holds both. */
function meet(a: RegionCode, b: RegionCode): RegionCode | undefined {
  for (const tier of ['town', ...TIERS_RATED] as const) {
    const at = regionAt(a, tier);
    if (at !== undefined && at === regionAt(b, tier)) return at;
  }
  return undefined;
}
