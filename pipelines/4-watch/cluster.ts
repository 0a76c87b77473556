import { contains, regionAt, type RegionCode } from '../domain/region.ts';
import type { Terms } from './terms.ts';

/** A growing heap of posts about one thing: a sum vector of weighted words and places, and who is in it. */
export interface Cluster {
  readonly serial: number;
  readonly weights: Map<number, number>;
  readonly words: Map<number, string>;
  /** Roads, estates, villages that its posts name, first come first; at most 12. */
  readonly spots: number[];
  norm2: number;
  region: RegionCode | null;
  lastAt: number;
}

/** A post's vector: unit length, words and places together. */
export interface Vector {
  readonly ids: readonly number[];
  readonly values: readonly number[];
  /** How many of `ids`, from the front, are words; the rest are roads and estates, then divisions. */
  readonly wordCount: number;
  readonly spots: readonly number[];
  /** Places in `ids` of the heaviest few, heaviest first. */
  readonly order: readonly number[];
}

const DF_BITS = 18;
const DF_MASK = (1 << DF_BITS) - 1;
const HALVE_AT = 500_000;

/** How many posts each word came in, hashed into 2^18 floats, halved now and then so that it follows the times. */
export class DocumentFrequency {
  readonly #df = new Float32Array(1 << DF_BITS);
  #total = 0;

  add(terms: Terms): void {
    this.#total++;
    for (const id of terms.ids) this.#bump(id);
    for (const id of terms.spots) this.#bump(id);
    for (const id of terms.places) this.#bump(id);
    if (this.#total >= HALVE_AT) {
      for (let at = 0; at < this.#df.length; at++) this.#df[at]! /= 2;
      this.#total /= 2;
    }
  }

  /** ln((N + 20) / (df + 1)), 0 at least. Places of a city's own stream come near 0 by themselves. */
  idf(id: number): number {
    return Math.max(0, Math.log((this.#total + 20) / (this.#df[id & DF_MASK]! + 1)));
  }

  #bump(id: number): void {
    const cell = id & DF_MASK;
    this.#df[cell] = this.#df[cell]! + 1;
  }

  save(): DocumentFrequencyState {
    return { df: this.#df, total: this.#total };
  }

  load(state: DocumentFrequencyState): void {
    this.#df.set(state.df);
    this.#total = state.total;
  }
}

export interface DocumentFrequencyState {
  readonly df: Float32Array;
  readonly total: number;
}

export function vectorOf(terms: Terms, frequency: DocumentFrequency): Vector {
  const ids = [...terms.ids, ...terms.spots, ...terms.places];
  const values = ids.map((id) => frequency.idf(id));
  let sum = 0;
  for (const value of values) sum += value * value;
  const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
  for (let at = 0; at < values.length; at++) values[at]! *= scale;
  const order: number[] = [];
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (order.length === LOOKED_UP && value <= values[order.at(-1)!]!) continue;
    let to = order.length;
    while (to > 0 && values[order[to - 1]!]! < value) to--;
    order.splice(to, 0, at);
    if (order.length > LOOKED_UP) order.pop();
  }
  return { ids, values, wordCount: terms.ids.length, spots: terms.spots, order };
}

export interface ClusterOptions {
  /** Least cosine, after the discounts for distance in place and time, at which a post joins. */
  readonly threshold: number;
  /** A heap nobody added to for this long is closed, ms. */
  readonly windowMs: number;
  /** At most this many heaps; the longest silent goes first. */
  readonly capacity: number;
}

const POSTINGS = 24;
const LOOKED_UP = 12;
const CANDIDATES = 8;
const WORDS_KEPT = 48;

/** Single-pass clustering (first-story detection with an inverted index). Bounded by `capacity`. */
export class Clusters {
  readonly #options: ClusterOptions;
  readonly #clusters = new Map<number, Cluster>();
  readonly #postings = new Map<number, number[]>();
  readonly #shared = new Map<number, number>();
  #next = 1;
  #sinceSweep = 0;

  constructor(options: ClusterOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#clusters.size;
  }

  get(serial: number): Cluster | undefined {
    return this.#clusters.get(serial);
  }

  /** The two most similar open heaps, best first, with their discounted cosine; only those over half the threshold.
   * `bonus` is added before the discounts: what speaks for a heap beside its words. */
  nearest(
    vector: Vector,
    region: RegionCode | null,
    time: number,
    bonus: (cluster: Cluster) => number = () => 0,
  ): { cluster: Cluster; score: number }[] {
    let best: { cluster: Cluster; score: number } | undefined;
    let second: { cluster: Cluster; score: number } | undefined;
    for (const cluster of this.#candidates(vector)) {
      const gap = Math.abs(time - cluster.lastAt);
      if (gap > this.#options.windowMs) continue;
      let dot = 0;
      for (let at = 0; at < vector.ids.length; at++) {
        const weight = cluster.weights.get(vector.ids[at]!);
        if (weight !== undefined) dot += vector.values[at]! * weight;
      }
      const fresh = 0.6 + 0.4 * Math.exp(-gap / (this.#options.windowMs / 4));
      const score = (dot / Math.sqrt(cluster.norm2) + bonus(cluster)) * fresh * nearness(cluster, region, vector.spots);
      if (score < this.#options.threshold / 2) continue;
      if (best === undefined || score > best.score) {
        second = best;
        best = { cluster, score };
      } else if (second === undefined || score > second.score) second = { cluster, score };
    }
    return [best, second].filter((found) => found !== undefined);
  }

  /** The heaps that share most of the vector's weightiest words; the full cosine is worth its cost only for them. */
  #candidates(vector: Vector): Cluster[] {
    const shared = this.#shared;
    shared.clear();
    for (const at of vector.order) {
      const serials = this.#postings.get(vector.ids[at]!);
      if (serials === undefined) continue;
      const value = vector.values[at]!;
      for (const serial of serials) shared.set(serial, (shared.get(serial) ?? 0) + value * value);
    }
    const top: { serial: number; weight: number }[] = [];
    for (const [serial, weight] of shared) {
      if (top.length === CANDIDATES && weight <= top.at(-1)!.weight) continue;
      let at = top.length;
      while (at > 0 && top[at - 1]!.weight < weight) at--;
      top.splice(at, 0, { serial, weight });
      if (top.length > CANDIDATES) top.pop();
    }
    return top.flatMap(({ serial }) => {
      const cluster = this.#clusters.get(serial);
      return cluster === undefined || cluster.norm2 === 0 ? [] : [cluster];
    });
  }

  /** A new heap around a first post. */
  found(vector: Vector, terms: Terms, region: RegionCode | null, time: number): Cluster {
    const cluster: Cluster = {
      serial: this.#next++,
      weights: new Map(),
      words: new Map(),
      spots: [],
      norm2: 0,
      region,
      lastAt: time,
    };
    this.#clusters.set(cluster.serial, cluster);
    this.add(cluster, vector, terms, time);
    return cluster;
  }

  add(cluster: Cluster, vector: Vector, terms: Terms, time: number): void {
    const founding = cluster.norm2 === 0;
    for (let at = 0; at < vector.ids.length; at++) {
      const id = vector.ids[at]!;
      const value = vector.values[at]!;
      if (value === 0) continue;
      const before = cluster.weights.get(id) ?? 0;
      if (before === 0) {
        // Most heaps stay alone: a first post brings only its heaviest words and its places, so that many can be held.
        if (founding && at < vector.wordCount && !vector.order.includes(at)) continue;
        if (cluster.weights.size >= WORDS_KEPT) {
          if (value < 0.15) continue;
          dropLightest(cluster);
        }
        if (at < vector.wordCount) cluster.words.set(id, terms.words[at]!);
        // A word is looked up by its heaviest bearers: light ones would crowd them out.
        if (vector.order.includes(at)) this.#post(id, cluster.serial);
      }
      cluster.weights.set(id, before + value);
      cluster.norm2 += 2 * before * value + value * value;
    }
    addSpots(cluster, vector.spots);
    cluster.lastAt = Math.max(cluster.lastAt, time);
  }

  /** Cosine of two heaps. */
  similarity(a: Cluster, b: Cluster): number {
    const [small, large] = a.weights.size <= b.weights.size ? [a, b] : [b, a];
    let dot = 0;
    for (const [id, weight] of small.weights) dot += weight * (large.weights.get(id) ?? 0);
    return a.norm2 === 0 || b.norm2 === 0 ? 0 : dot / Math.sqrt(a.norm2 * b.norm2);
  }

  /** Pours `from` into `into` and closes it. */
  merge(into: Cluster, from: Cluster): void {
    for (const [id, weight] of from.weights) {
      const before = into.weights.get(id);
      if (before === undefined && into.weights.size >= WORDS_KEPT) continue;
      into.weights.set(id, (before ?? 0) + weight);
      const word = from.words.get(id);
      if (word !== undefined) into.words.set(id, word);
      if (before === undefined) this.#post(id, into.serial);
    }
    let norm2 = 0;
    for (const weight of into.weights.values()) norm2 += weight * weight;
    into.norm2 = norm2;
    addSpots(into, from.spots);
    into.lastAt = Math.max(into.lastAt, from.lastAt);
    this.#clusters.delete(from.serial);
  }

  /** Closes heaps silent for longer than the window, and the longest silent where there are too many; answers what it closed. */
  sweep(time: number): number[] {
    const closed: number[] = [];
    for (const cluster of this.#clusters.values())
      if (time - cluster.lastAt > this.#options.windowMs) closed.push(cluster.serial);
    for (const serial of closed) this.#clusters.delete(serial);
    if (this.#clusters.size > this.#options.capacity) {
      const bySilence = [...this.#clusters.values()].sort((a, b) => a.lastAt - b.lastAt || a.serial - b.serial);
      for (const cluster of bySilence.slice(0, this.#clusters.size - Math.floor(this.#options.capacity * 0.9))) {
        this.#clusters.delete(cluster.serial);
        closed.push(cluster.serial);
      }
    }
    if (++this.#sinceSweep >= 8) {
      this.#sinceSweep = 0;
      for (const [id, serials] of this.#postings) {
        const alive = serials.filter((serial) => this.#clusters.get(serial)?.weights.has(id));
        if (alive.length === 0) this.#postings.delete(id);
        else if (alive.length < serials.length) this.#postings.set(id, alive);
      }
    }
    return closed;
  }

  save(): ClustersState {
    return { clusters: [...this.#clusters.values()], postings: [...this.#postings], next: this.#next };
  }

  load(state: ClustersState): void {
    for (const cluster of state.clusters) this.#clusters.set(cluster.serial, cluster);
    for (const [id, serials] of state.postings) this.#postings.set(id, serials);
    this.#next = state.next;
  }

  #post(id: number, serial: number): void {
    const serials = this.#postings.get(id);
    if (serials === undefined) this.#postings.set(id, [serial]);
    else if (serials.length < POSTINGS) serials.push(serial);
    else {
      serials.shift();
      serials.push(serial);
    }
  }
}

export interface ClustersState {
  readonly clusters: readonly Cluster[];
  readonly postings: readonly [number, number[]][];
  readonly next: number;
}

function dropLightest(cluster: Cluster): void {
  let lightest: number | undefined;
  let weight = Infinity;
  for (const [id, value] of cluster.weights)
    if (value < weight) {
      lightest = id;
      weight = value;
    }
  if (lightest === undefined) return;
  cluster.norm2 -= weight * weight;
  cluster.weights.delete(lightest);
  cluster.words.delete(lightest);
}

const SPOTS = 12;

function addSpots(cluster: Cluster, spots: readonly number[]): void {
  for (const spot of spots) if (cluster.spots.length < SPOTS && !cluster.spots.includes(spot)) cluster.spots.push(spot);
}

/**
 * How much of their cosine two heaps keep, by how far apart they are: the same event is seldom told of two provinces at once. A
 * road or an estate that both name holds them together over the towns of a province; where each names another, they are two of a
 * kind.
 */
function nearness(
  cluster: Pick<Cluster, 'region' | 'spots'>,
  region: RegionCode | null,
  spots: readonly number[],
): number {
  const shared = spots.some((spot) => cluster.spots.includes(spot));
  const apart = !shared && spots.length > 0 && cluster.spots.length > 0;
  const [, whenShared, unsaid, whenApart] = NEARNESS.find(([within]) => within(cluster.region, region))!;
  return shared ? whenShared : apart ? whenApart : unsaid;
}

type Within = (a: RegionCode | null, b: RegionCode | null) => boolean;
const sameAt =
  (tier: 'county' | 'city' | 'province'): Within =>
  (a, b) =>
    a !== null && b !== null && regionAt(a, tier) !== undefined && regionAt(a, tier) === regionAt(b, tier);
const oneHoldsOther: Within = (a, b) => a !== null && b !== null && (contains(a, b) || contains(b, a));

const NEARNESS: readonly (readonly [within: Within, shared: number, unsaid: number, apart: number])[] = [
  [(a, b) => a === null || b === null, 1, 0.9, 0.7],
  [oneHoldsOther, 1, 1, 0.8],
  [sameAt('county'), 1, 1, 0.8],
  [sameAt('city'), 1, 0.85, 0.6],
  [sameAt('province'), 0.95, 0.65, 0.35],
  [() => true, 0.45, 0.45, 0.2],
];

/** Hashes of the cluster's heaviest words, heaviest first. */
export const heaviest = (cluster: Cluster, limit: number): number[] =>
  [...cluster.words.keys()]
    .sort((a, b) => (cluster.weights.get(b) ?? 0) - (cluster.weights.get(a) ?? 0) || a - b)
    .slice(0, limit);

/** The words themselves. */
export const topWords = (cluster: Cluster, limit: number): string[] =>
  heaviest(cluster, limit).map((id) => cluster.words.get(id) ?? '');
