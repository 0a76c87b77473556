import type { RegionCode } from '../domain/region.ts';
import { HeapWords, WORDS_KEPT, type PackedWords } from './heap-words.ts';
import { norm2Of } from './likeness.ts';
import { nearness } from './nearness.ts';
import { addSpots, NO_SPOTS, silenceBetween, type Cluster } from './one-cluster.ts';
import { Postings, type PostingsState } from './postings.ts';
import type { Terms } from './terms.ts';
import { VectorTable } from './vector-table.ts';
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

const CANDIDATES = 8;

/** Single-pass clustering (first-story detection with an inverted index). Bounded by `capacity`. */
export class Clusters {
  readonly #options: ClusterOptions;
  readonly #clusters = new Map<number, Cluster>();
  readonly #said = new HeapWords();
  readonly #byRow: (Cluster | undefined)[] = [];
  readonly #postings = new Postings();
  readonly #table = new VectorTable();
  /** By row: squared weight shared with the vector at hand; 0 between two vectors. */
  #shared = new Float64Array(1_024);
  #met = new Int32Array(1_024);
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
    this.#table.lay(vector);
    for (const cluster of this.#candidates(vector)) {
      const gap = silenceBetween(cluster, { firstAt: time, lastAt: time });
      if (gap > this.#options.windowMs) continue;
      const dot = this.#said.dot(cluster.row, this.#table);
      const fresh = 0.6 + 0.4 * Math.exp(-gap / (this.#options.windowMs / 4));
      const most = (dot / Math.sqrt(cluster.norm2) + bonus(cluster)) * fresh;
      if (most < this.#options.threshold / 2) continue;
      const score = most * nearness(cluster, { region, spots: vector.spots });
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
    if (this.#shared.length < this.#said.rows) {
      this.#shared = new Float64Array(2 * this.#said.rows);
      this.#met = new Int32Array(2 * this.#said.rows);
    }
    const [shared, met] = [this.#shared, this.#met];
    let [count, least] = [0, 0];
    for (const at of vector.order) {
      const value = vector.values[at]!;
      if (value !== 0) count = this.#postings.gather(vector.ids[at]!, value * value, shared, met, count);
    }
    const top: number[] = [];
    for (let at = 0; at < count; at++) {
      const row = met[at]!;
      const weight = shared[row]!;
      let to = top.length;
      if (to === CANDIDATES) {
        if (weight <= least) continue;
        to--;
      }
      for (; to > 0 && shared[top[to - 1]!]! < weight; to--) top[to] = top[to - 1]!;
      top[to] = row;
      least = shared[top[top.length - 1]!]!;
    }
    for (let at = 0; at < count; at++) shared[met[at]!] = 0;
    return top.map((row) => this.#byRow[row]!).filter(({ norm2 }) => norm2 !== 0);
  }

  /** A new heap around a first post. */
  found(vector: Vector, terms: Terms, region: RegionCode | null, time: number): Cluster {
    const cluster = this.#hold({
      serial: this.#next++,
      said: this.#said,
      row: this.#said.take(),
      spots: NO_SPOTS,
      norm2: 0,
      region,
      firstAt: time,
      lastAt: time,
    });
    this.add(cluster, vector, terms, time);
    return cluster;
  }

  #hold(cluster: Cluster): Cluster {
    this.#clusters.set(cluster.serial, cluster);
    this.#byRow[cluster.row] = cluster;
    return cluster;
  }

  /** Forgets what was said in a heap, so that it can be filled anew from its own posts. */
  empty(cluster: Cluster, time: number): void {
    this.#silence(cluster);
    this.#said.clear(cluster.row);
    cluster.spots = NO_SPOTS;
    [cluster.norm2, cluster.firstAt, cluster.lastAt] = [0, time, time];
  }

  #silence({ row }: Cluster): void {
    for (let at = 0; at < this.#said.count(row); at++) this.#postings.remove(this.#said.id(row, at), row);
  }

  close(cluster: Cluster): void {
    this.#silence(cluster);
    this.#said.giveBack(cluster.row);
    this.#byRow[cluster.row] = undefined;
    this.#clusters.delete(cluster.serial);
  }

  add(cluster: Cluster, vector: Vector, terms: Terms, time: number): void {
    const { row } = cluster;
    const said = this.#said;
    const founding = cluster.norm2 === 0;
    for (let at = 0; at < vector.ids.length; at++) {
      const id = vector.ids[at]!;
      const value = vector.values[at]!;
      if (value === 0) continue;
      const held = said.find(row, id);
      if (held >= 0) {
        const before = said.weight(row, held);
        said.setWeight(row, held, before + value);
        cluster.norm2 += 2 * before * value + value * value;
        continue;
      }
      const isLookedUp = vector.order.includes(at);
      // Most heaps stay alone: a first post brings only its heaviest words and its places, so that many can be held.
      if (founding && at < vector.wordCount && !isLookedUp) continue;
      if (said.count(row) >= WORDS_KEPT) {
        if (value < 0.15) continue;
        this.#dropLightest(cluster);
      }
      said.add(row, id, value, at < vector.wordCount ? terms.words[at] : undefined);
      // A word is looked up by its heaviest bearers: light ones would crowd them out.
      if (isLookedUp) this.#postings.add(id, row);
      cluster.norm2 += value * value;
    }
    addSpots(cluster, vector.spots);
    cluster.firstAt = Math.min(cluster.firstAt, time);
    cluster.lastAt = Math.max(cluster.lastAt, time);
  }

  /** Lets the lightest word or place go. */
  #dropLightest(cluster: Cluster): void {
    const { row } = cluster;
    const at = this.#said.lightest(row);
    const weight = this.#said.weight(row, at);
    cluster.norm2 -= weight * weight;
    this.#postings.remove(this.#said.id(row, at), row);
    this.#said.remove(row, at);
  }

  /** Pours `from` into `into` and closes it. */
  merge(into: Cluster, from: Cluster): void {
    const said = this.#said;
    for (let at = 0; at < said.count(from.row); at++) {
      const [id, weight] = [said.id(from.row, at), said.weight(from.row, at)];
      const held = said.find(into.row, id);
      if (held >= 0) said.setWeight(into.row, held, said.weight(into.row, held) + weight);
      else if (said.count(into.row) < WORDS_KEPT) {
        said.add(into.row, id, weight, said.word(from.row, at));
        this.#postings.add(id, into.row);
      }
    }
    into.norm2 = norm2Of(into);
    addSpots(into, from.spots);
    into.firstAt = Math.min(into.firstAt, from.firstAt);
    into.lastAt = Math.max(into.lastAt, from.lastAt);
    this.close(from);
  }

  /** Closes heaps that no post can join any more, and the longest silent where there are too many, save those to be kept; answers what it closed. */
  sweep(time: number, isKept: (serial: number) => boolean): number[] {
    const { windowMs, lateMs, capacity } = this.#options;
    const closed = [...this.#clusters.values()].filter(({ lastAt }) => time - lastAt > windowMs + lateMs);
    for (const cluster of closed) this.close(cluster);
    if (this.#clusters.size > capacity) {
      const bySilence = [...this.#clusters.values()]
        .filter(({ serial }) => !isKept(serial))
        .sort((a, b) => a.lastAt - b.lastAt || a.serial - b.serial)
        .slice(0, this.#clusters.size - Math.floor(capacity * 0.9));
      for (const cluster of bySilence) this.close(cluster);
      closed.push(...bySilence);
    }
    return closed.map(({ serial }) => serial);
  }

  save(): ClustersState {
    const clusters = [...this.#clusters.values()];
    return {
      clusters: clusters.map(({ serial, row, spots, norm2, region, firstAt, lastAt }) => {
        return { serial, row, spots, norm2, region, firstAt, lastAt };
      }),
      said: this.#said.pack(clusters.map(({ row }) => row)),
      postings: this.#postings.save(),
      next: this.#next,
    };
  }

  load({ clusters, said, postings, next }: ClustersState): void {
    const rows = this.#said.unpack(said);
    const now = new Map(clusters.map(({ row }, at) => [row, rows[at]!]));
    for (const [at, cluster] of clusters.entries()) this.#hold({ ...cluster, said: this.#said, row: rows[at]! });
    this.#postings.load(postings, (row) => now.get(row));
    this.#next = next;
  }
}

export interface ClustersState {
  readonly clusters: readonly Omit<Cluster, 'said'>[];
  readonly said: PackedWords;
  readonly postings: PostingsState;
  readonly next: number;
}
