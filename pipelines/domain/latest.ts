import { hashOf } from './hash.ts';

/**
 * A map of the keys noted last: with one more than `capacity`, the key that was noted first is forgotten. Keys and values stand in a
 * ring, found by chains in typed arrays: 13 bytes a key, where a Map from which keys are deleted all the time takes 75, twice
 * as much whenever it makes itself anew, and walks over all that were deleted to find its oldest.
 */
export class Latest<Key extends string, Value> {
  readonly #capacity: number;
  readonly #mask: number;
  /** By bucket and by place, the next place of the chain, from 1; 0 ends it. */
  readonly #heads: Int32Array;
  readonly #next: Int32Array;
  readonly #hashes: Int32Array;
  readonly #keys: Key[] = [];
  readonly #values: Value[] = [];
  #at = 0;

  /** @param capacity keys kept, at least 1 */
  constructor(capacity: number) {
    this.#capacity = capacity;
    const buckets = 2 ** Math.ceil(Math.log2(capacity));
    this.#mask = buckets - 1;
    this.#heads = new Int32Array(buckets);
    this.#next = new Int32Array(capacity);
    this.#hashes = new Int32Array(capacity);
  }

  get size(): number {
    return this.#keys.length;
  }

  get(key: Key): Value | undefined {
    const place = this.#find(key, hashOf(key));
    return place < 0 ? undefined : this.#values[place];
  }

  has(key: Key): boolean {
    return this.#find(key, hashOf(key)) >= 0;
  }

  /** A key noted again keeps its place in the order. */
  set(key: Key, value: Value): void {
    const hash = hashOf(key);
    const known = this.#find(key, hash);
    if (known >= 0) {
      this.#values[known] = value;
      return;
    }
    const place = this.#at;
    if (this.#keys.length === this.#capacity) this.#unlink(place);
    this.#keys[place] = key;
    this.#values[place] = value;
    this.#hashes[place] = hash;
    const bucket = this.#bucketOf(hash);
    this.#next[place] = this.#heads[bucket]!;
    this.#heads[bucket] = place + 1;
    this.#at = (place + 1) % this.#capacity;
  }

  #find(key: Key, hash: number): number {
    for (let at = this.#heads[this.#bucketOf(hash)]!; at !== 0; at = this.#next[at - 1]!)
      if (this.#hashes[at - 1] === hash && this.#keys[at - 1] === key) return at - 1;
    return -1;
  }

  #unlink(place: number): void {
    const bucket = this.#bucketOf(this.#hashes[place]!);
    if (this.#heads[bucket] === place + 1) {
      this.#heads[bucket] = this.#next[place]!;
      return;
    }
    let before = this.#heads[bucket]! - 1;
    while (this.#next[before] !== place + 1) before = this.#next[before]! - 1;
    this.#next[before] = this.#next[place]!;
  }

  #bucketOf(hash: number): number {
    return (hash ^ (hash >>> 15)) & this.#mask;
  }

  /** From the key noted first to the last. */
  *[Symbol.iterator](): IterableIterator<[Key, Value]> {
    for (let step = 0; step < this.#keys.length; step++) {
      const place = (this.#at + step) % this.#keys.length;
      yield [this.#keys[place]!, this.#values[place]!];
    }
  }
}
