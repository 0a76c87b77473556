/**
 * A map of the keys noted last: with one more than `capacity`, the key that was noted first is forgotten. The order stands in a ring
 * beside the map, since asking a Map for its oldest key walks over all that were deleted before it.
 */
export class Latest<Key, Value> {
  readonly #capacity: number;
  readonly #values = new Map<Key, Value>();
  readonly #ring: Key[] = [];
  #at = 0;

  /** @param capacity keys kept, at least 1 */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#values.size;
  }

  get(key: Key): Value | undefined {
    return this.#values.get(key);
  }

  has(key: Key): boolean {
    return this.#values.has(key);
  }

  /** A key noted again keeps its place in the order. */
  set(key: Key, value: Value): void {
    if (!this.#values.has(key)) {
      if (this.#ring.length === this.#capacity) this.#values.delete(this.#ring[this.#at]!);
      this.#ring[this.#at] = key;
      this.#at = (this.#at + 1) % this.#capacity;
    }
    this.#values.set(key, value);
  }

  /** From the key noted first to the last. */
  *[Symbol.iterator](): IterableIterator<[Key, Value]> {
    for (let step = 0; step < this.#ring.length; step++) {
      const key = this.#ring[(this.#at + step) % this.#ring.length]!;
      const value = this.#values.get(key);
      if (value !== undefined) yield [key, value];
    }
  }
}
