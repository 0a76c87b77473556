import { regionAt, type RegionCode } from '../domain/region.ts';
import { nearness } from './nearness.ts';
import { addSpots, dropLightest, silenceBetween, type Cluster } from './one-cluster.ts';
import { isPlace, type Terms } from './terms.ts';
import type { Vector } from './vector.ts';

export interface ClusterOptions {
  /** Least cosine, after the discounts for distance in place and time, at which a post joins. */
  readonly threshold: number;
  /** Posts further than this from a heap's first and last do not join it, ms. */
  readonly windowMs: number;
  /** How late posts may come: a heap is kept for so much longer, so that they find it, ms. */
  readonly lateMs: number;
  /** At most this many heaps; the longest silent goes first. */
  readonly capacity: number;
}

const POSTINGS = 24;
const CANDIDATES = 8;
const WORDS_KEPT = 48;

/** Single-pass clustering (first-story detection with an inverted index). Bounded by `capacity`. */
export class Clusters {
  readonly #options: ClusterOptions;
  readonly #clusters = new Map<number, Cluster>();
  readonly #postings = new Map<number, number[]>();
  readonly #shared = new Map<number, number>();
  #next = 1;

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
      const gap = silenceBetween(cluster, { firstAt: time, lastAt: time });
      if (gap > this.#options.windowMs) continue;
      let dot = 0;
      for (let at = 0; at < vector.ids.length; at++) {
        const weight = cluster.weights.get(vector.ids[at]!);
        if (weight !== undefined) dot += vector.values[at]! * weight;
      }
      const fresh = 0.6 + 0.4 * Math.exp(-gap / (this.#options.windowMs / 4));
      const score =
        (dot / Math.sqrt(cluster.norm2) + bonus(cluster)) * fresh * nearness(cluster, { region, spots: vector.spots });
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
      spots: new Map(),
      norm2: 0,
      region,
      firstAt: time,
      lastAt: time,
    };
    this.#clusters.set(cluster.serial, cluster);
    this.add(cluster, vector, terms, time);
    return cluster;
  }

  /** Forgets what was said in a heap, so that it can be filled anew from its own posts. */
  empty(cluster: Cluster, time: number): void {
    for (const id of cluster.weights.keys()) this.#unpost(id, cluster.serial);
    for (const held of [cluster.weights, cluster.words, cluster.spots]) held.clear();
    [cluster.norm2, cluster.firstAt, cluster.lastAt] = [0, time, time];
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
          const dropped = dropLightest(cluster);
          if (dropped !== undefined) this.#unpost(dropped, cluster.serial);
        }
        if (at < vector.wordCount) cluster.words.set(id, terms.words[at]!);
        // A word is looked up by its heaviest bearers: light ones would crowd them out.
        if (vector.order.includes(at)) this.#post(id, cluster.serial);
      }
      cluster.weights.set(id, before + value);
      cluster.norm2 += 2 * before * value + value * value;
    }
    addSpots(cluster, vector.spots);
    cluster.firstAt = Math.min(cluster.firstAt, time);
    cluster.lastAt = Math.max(cluster.lastAt, time);
  }

  /** Cosine of two heaps, less for the distance between them. */
  similarity(a: Cluster, b: Cluster): number {
    const [small, large] = a.weights.size <= b.weights.size ? [a, b] : [b, a];
    let dot = 0;
    for (const [id, weight] of small.weights) dot += weight * (large.weights.get(id) ?? 0);
    return a.norm2 === 0 || b.norm2 === 0 ? 0 : (dot / Math.sqrt(a.norm2 * b.norm2)) * nearness(a, b);
  }

  /**
   * The same of what two heaps say, leaving out the divisions they say it of, which for a small place outweigh any word: two
   * troubles of one small town are two. Of two cities the roads are left out as well, since every city has a 人民路.
   */
  likeness(a: Cluster, b: Cluster): number {
    const [small, large] = a.weights.size <= b.weights.size ? [a, b] : [b, a];
    const isLeftOut = oneCity(a.region, b.region)
      ? isPlace
      : (id: number): boolean => isPlace(id) || a.spots.has(id) || b.spots.has(id);
    let dot = 0;
    for (const [id, weight] of small.weights) if (!isLeftOut(id)) dot += weight * (large.weights.get(id) ?? 0);
    const norms = normOf(a, isLeftOut) * normOf(b, isLeftOut);
    return norms === 0 ? 0 : (dot / Math.sqrt(norms)) * nearness(a, b);
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
    into.firstAt = Math.min(into.firstAt, from.firstAt);
    into.lastAt = Math.max(into.lastAt, from.lastAt);
    this.#close(from.serial);
  }

  #close(serial: number): void {
    for (const id of this.#clusters.get(serial)!.weights.keys()) this.#unpost(id, serial);
    this.#clusters.delete(serial);
  }

  #unpost(id: number, serial: number): void {
    const serials = this.#postings.get(id)?.filter((other) => other !== serial);
    if (serials === undefined) return;
    if (serials.length === 0) this.#postings.delete(id);
    else this.#postings.set(id, serials);
  }

  /** Closes heaps that no post can join any more, and the longest silent where there are too many, save those to be kept; answers what it closed. */
  sweep(time: number, isKept: (serial: number) => boolean): number[] {
    const closed: number[] = [];
    for (const cluster of this.#clusters.values())
      if (time - cluster.lastAt > this.#options.windowMs + this.#options.lateMs) closed.push(cluster.serial);
    for (const serial of closed) this.#close(serial);
    if (this.#clusters.size > this.#options.capacity) {
      const bySilence = [...this.#clusters.values()]
        .filter(({ serial }) => !isKept(serial))
        .sort((a, b) => a.lastAt - b.lastAt || a.serial - b.serial);
      for (const cluster of bySilence.slice(0, this.#clusters.size - Math.floor(this.#options.capacity * 0.9))) {
        this.#close(cluster.serial);
        closed.push(cluster.serial);
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

function normOf(cluster: Cluster, isLeftOut: (id: number) => boolean): number {
  let sum = 0;
  for (const [id, weight] of cluster.weights) if (!isLeftOut(id)) sum += weight * weight;
  return sum;
}

const oneCity = (a: RegionCode | null, b: RegionCode | null): boolean =>
  a !== null && b !== null && regionAt(a, 'city') !== undefined && regionAt(a, 'city') === regionAt(b, 'city');

export interface ClustersState {
  readonly clusters: readonly Cluster[];
  readonly postings: readonly [number, number[]][];
  readonly next: number;
}
