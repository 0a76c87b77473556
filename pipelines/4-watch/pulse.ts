import type { FoldedPost } from '../domain/post.ts';
import { contains, regionAt, type RegionCode } from '../domain/region.ts';

const MINUTE = 60_000;
export const BUCKET_MS = 10 * MINUTE;
export const DAY_BUCKETS = 144;
export const SOURCE_STEP_MS = 15 * MINUTE;
export const SOURCE_STEPS = 24;

export interface DayBucket {
  readonly at: number;
  readonly posts: number;
  readonly raw: number;
  readonly negative: number;
  readonly needs: number;
}

/** Counts kept in a ring by absolute bucket number, several kinds beside each other; a bucket that has left the ring reads as 0. */
class Ring {
  readonly counts: Uint32Array;
  readonly numbers: Uint32Array;
  readonly #size: number;

  constructor(size: number, kinds = 1, state?: RingState) {
    this.#size = size;
    this.counts = new Uint32Array(size * kinds);
    this.numbers = new Uint32Array(size);
    // What was kept of fewer kinds is the first of them.
    if (state !== undefined) this.counts.set(state.counts.subarray(0, size * kinds));
    if (state !== undefined) this.numbers.set(state.numbers);
  }

  add(bucket: number, kind = 0): void {
    const cell = bucket % this.#size;
    const held = this.numbers[cell]!;
    if (bucket < held) return;
    if (bucket > held) {
      this.numbers[cell] = bucket;
      for (let at = cell; at < this.counts.length; at += this.#size) this.counts[at] = 0;
    }
    this.counts[kind * this.#size + cell]!++;
  }

  read(bucket: number, kind = 0): number {
    const cell = bucket % this.#size;
    return this.numbers[cell] === bucket ? this.counts[kind * this.#size + cell]! : 0;
  }
}

/** What is counted of a place, in the order of its ring. */
const KINDS = { posts: 0, raw: 1, negative: 2, needs: 3 } as const;
const KIND_COUNT = 4;

export interface SourcePulse {
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Mean ms between posts over its own last day, null before 20 posts. */
  readonly usualGap: number | null;
  readonly recent: readonly (number | null)[];
}

interface SourceCounter {
  firstSeen: number;
  lastSeen: number;
  posts: number;
  ring: Ring;
}

/** Sources remembered for one place, the last heard. */
const FEEDERS = 16;
const REGIONS = 4_000;
const SOURCES = 200;

/**
 * What the wall shows of the last 24 hours, counted as posts pass, in event time: the search store is not asked, so the wall
 * goes on without it. Bounded: 144 buckets for the whole, and for each of at most 4,000 places, so that whoever may see only
 * some places is told of those alone.
 */
export class PulseCounter {
  #posts = new Ring(DAY_BUCKETS + 1);
  #raw = new Ring(DAY_BUCKETS + 1);
  #negative = new Ring(DAY_BUCKETS + 1);
  #needs = new Ring(DAY_BUCKETS + 1);
  #regions = new Map<RegionCode, Ring>();
  #sources = new Map<string, SourceCounter>();
  /** For each place the sources that spoke of it, with the bucket they last did. */
  #feeders = new Map<RegionCode, Map<string, number>>();
  #first = 0;
  #last = 0;

  watch(posts: readonly FoldedPost[]): void {
    for (const post of posts) {
      const bucket = Math.floor(post.time / BUCKET_MS);
      if (this.#first === 0 || post.time < this.#first) this.#first = post.time;
      if (post.time > this.#last) this.#last = post.time;
      this.#raw.add(bucket);
      this.#countSource(post);
      this.#countPlaces(post, bucket);
      if (post.group !== post.id) continue;
      this.#posts.add(bucket);
      if (post.sentiment.label === 'negative') this.#negative.add(bucket);
      if (post.need.kind !== null) this.#needs.add(bucket);
    }
  }

  #countPlaces(post: FoldedPost, bucket: number): void {
    if (post.region === null) return;
    for (const tier of ['village', 'town', 'county', 'city', 'province'] as const) {
      const code = regionAt(post.region.code, tier);
      if (code === undefined) continue;
      let ring = this.#regions.get(code);
      if (ring === undefined) {
        if (this.#regions.size >= REGIONS) continue;
        ring = new Ring(DAY_BUCKETS + 1, KIND_COUNT);
        this.#regions.set(code, ring);
      }
      ring.add(bucket, KINDS.raw);
      if (post.group !== post.id) continue;
      ring.add(bucket, KINDS.posts);
      if (post.sentiment.label === 'negative') ring.add(bucket, KINDS.negative);
      if (post.need.kind !== null) ring.add(bucket, KINDS.needs);
      this.#fed(code, post.source, bucket);
    }
  }

  /** The sources that spoke of a place within the last day. */
  feeders(code: RegionCode, now: number): readonly string[] {
    const since = Math.floor(now / BUCKET_MS) - DAY_BUCKETS;
    return [...(this.#feeders.get(code) ?? [])].filter(([, bucket]) => bucket > since).map(([name]) => name);
  }

  #fed(code: RegionCode, source: string, bucket: number): void {
    let feeders = this.#feeders.get(code);
    if (feeders === undefined) this.#feeders.set(code, (feeders = new Map<string, number>()));
    const before = feeders.get(source) ?? 0;
    if (bucket === before) return;
    feeders.set(source, Math.max(before, bucket));
    if (feeders.size <= FEEDERS) return;
    const [oldest] = [...feeders].reduce((a, b) => (b[1] < a[1] ? b : a));
    feeders.delete(oldest);
  }

  /** Event time of the newest post, 0 before any. */
  get lastPostAt(): number {
    return this.#last;
  }

  /** 144 ten-minute buckets, oldest first, the last one still filling; of what is placed in some regions where those are given. */
  day(now: number, within?: readonly RegionCode[]): DayBucket[] {
    const newest = Math.floor(now / BUCKET_MS);
    // One inside another is counted with it.
    const outermost = within?.filter((one) => !within.some((other) => other !== one && contains(other, one)));
    const rings = outermost && [...new Set(outermost)].flatMap((code) => this.#regions.get(code) ?? []);
    const sum = (whole: Ring, kind: number, bucket: number): number =>
      rings === undefined ? whole.read(bucket) : rings.reduce((all, ring) => all + ring.read(bucket, kind), 0);
    return Array.from({ length: DAY_BUCKETS }, (_, at) => {
      const bucket = newest - DAY_BUCKETS + 1 + at;
      return {
        at: bucket * BUCKET_MS,
        posts: sum(this.#posts, KINDS.posts, bucket),
        raw: sum(this.#raw, KINDS.raw, bucket),
        negative: sum(this.#negative, KINDS.negative, bucket),
        needs: sum(this.#needs, KINDS.needs, bucket),
      };
    });
  }

  /** The median full bucket of the day so far; null until six hours are known. */
  usual(now: number, within?: readonly RegionCode[]): { posts: number; negative: number; needs: number } | null {
    if (this.#first === 0 || now - this.#first < 6 * 60 * MINUTE) return null;
    const full = this.day(now, within)
      .slice(0, -1)
      .filter((bucket) => bucket.at >= this.#first);
    const median = (pick: (bucket: DayBucket) => number): number => {
      const sorted = full.map(pick).sort((a, b) => a - b);
      return sorted[Math.floor(sorted.length / 2)] ?? 0;
    };
    return {
      posts: median((bucket) => bucket.posts),
      negative: median((bucket) => bucket.negative),
      needs: median((bucket) => bucket.needs),
    };
  }

  /** Distinct posts of the last hour in a division, and what is usual in an hour there (null until six hours are known). */
  place(code: RegionCode, now: number): { posts: number; usual: number | null } {
    const ring = this.#regions.get(code);
    const newest = Math.floor(now / BUCKET_MS);
    let hour = 0;
    let before = 0;
    for (let back = 0; back < DAY_BUCKETS; back++) {
      const count = ring?.read(newest - back) ?? 0;
      if (back < 6) hour += count;
      else before += count;
    }
    const known = Math.min(now - this.#first, DAY_BUCKETS * BUCKET_MS) / (60 * MINUTE) - 1;
    return { posts: hour, usual: this.#first === 0 || known < 5 ? null : before / known };
  }

  source(name: string, now: number): SourcePulse | undefined {
    const source = this.#sources.get(name);
    if (source === undefined) return undefined;
    const newest = Math.floor(now / SOURCE_STEP_MS);
    const first = Math.floor(source.firstSeen / SOURCE_STEP_MS);
    return {
      firstSeen: source.firstSeen,
      lastSeen: source.lastSeen,
      usualGap: source.posts < 20 ? null : (source.lastSeen - source.firstSeen) / (source.posts - 1),
      recent: Array.from({ length: SOURCE_STEPS }, (_, at) => {
        const bucket = newest - SOURCE_STEPS + 1 + at;
        return bucket < first ? null : source.ring.read(bucket);
      }),
    };
  }

  #countSource(post: FoldedPost): void {
    let source = this.#sources.get(post.source);
    if (source === undefined) {
      if (this.#sources.size >= SOURCES) return;
      source = { firstSeen: post.time, lastSeen: post.time, posts: 0, ring: new Ring(SOURCE_STEPS + 1) };
      this.#sources.set(post.source, source);
    }
    source.firstSeen = Math.min(source.firstSeen, post.time);
    source.lastSeen = Math.max(source.lastSeen, post.time);
    source.posts++;
    source.ring.add(Math.floor(post.time / SOURCE_STEP_MS));
  }

  save(): PulseState {
    return {
      posts: plain(this.#posts),
      raw: plain(this.#raw),
      negative: plain(this.#negative),
      needs: plain(this.#needs),
      feeders: [...this.#feeders].map(([code, feeders]) => [code, [...feeders]] as const),
      regions: [...this.#regions].map(([code, ring]) => [code, plain(ring)] as const),
      sources: [...this.#sources].map(([name, source]) => [name, { ...source, ring: plain(source.ring) }] as const),
      first: this.#first,
      last: this.#last,
    };
  }

  load(state: PulseState): void {
    this.#posts = new Ring(DAY_BUCKETS + 1, 1, state.posts);
    this.#raw = new Ring(DAY_BUCKETS + 1, 1, state.raw);
    this.#negative = new Ring(DAY_BUCKETS + 1, 1, state.negative);
    this.#needs = new Ring(DAY_BUCKETS + 1, 1, state.needs);
    this.#feeders = new Map((state.feeders ?? []).map(([code, feeders]) => [code, new Map(feeders)]));
    this.#regions = new Map(state.regions.map(([code, ring]) => [code, new Ring(DAY_BUCKETS + 1, KIND_COUNT, ring)]));
    this.#sources = new Map(
      state.sources.map(([name, source]) => [name, { ...source, ring: new Ring(SOURCE_STEPS + 1, 1, source.ring) }]),
    );
    this.#first = state.first;
    this.#last = state.last;
  }
}

interface RingState {
  readonly counts: Uint32Array | Float64Array;
  readonly numbers: Uint32Array | Float64Array;
}
const plain = (ring: Ring): RingState => ({ counts: ring.counts, numbers: ring.numbers });

export interface PulseState {
  readonly posts: RingState;
  readonly raw: RingState;
  readonly negative: RingState;
  readonly needs: RingState;
  /** Absent in what was kept before places knew their sources. */
  readonly feeders?: readonly (readonly [RegionCode, readonly (readonly [string, number])[]])[];
  readonly regions: readonly (readonly [RegionCode, RingState])[];
  readonly sources: readonly (readonly [
    string,
    { readonly firstSeen: number; readonly lastSeen: number; readonly posts: number; readonly ring: RingState },
  ])[];
  readonly first: number;
  readonly last: number;
}
