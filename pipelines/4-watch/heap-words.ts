/** Entries that a heap has at most. */
export const WORDS_KEPT = 48;
/** Rows by which room is made. */
const ROOM = 4_096;

/**
 * What all heaps say, in rows of 48: hashes, summed weights, and the words behind those hashes that are words. A heap has the row
 * of its number (`row`) for as long as it lives; entries stand in the order in which they came. 960 bytes a row.
 */
export class HeapWords {
  #ids = new Int32Array(ROOM * WORDS_KEPT);
  #weights = new Float64Array(ROOM * WORDS_KEPT);
  readonly #words: (string | undefined)[] = new Array<undefined>(ROOM * WORDS_KEPT).fill(undefined);
  #counts = new Uint8Array(ROOM);
  readonly #free: number[] = [];
  #rows = 0;

  /** Rows there have been at one time: no row in use is as high. */
  get rows(): number {
    return this.#rows;
  }

  /** A row for a new heap. */
  take(): number {
    const row = this.#free.pop() ?? this.#rows++;
    if (row >= this.#counts.length) this.#grow();
    return row;
  }

  giveBack(row: number): void {
    this.clear(row);
    this.#free.push(row);
  }

  clear(row: number): void {
    this.#words.fill(undefined, row * WORDS_KEPT, row * WORDS_KEPT + this.#counts[row]!);
    this.#counts[row] = 0;
  }

  count(row: number): number {
    return this.#counts[row]!;
  }

  id(row: number, at: number): number {
    return this.#ids[row * WORDS_KEPT + at]!;
  }

  weight(row: number, at: number): number {
    return this.#weights[row * WORDS_KEPT + at]!;
  }

  /** The word itself; undefined for a road, a pair of signs, a division. */
  word(row: number, at: number): string | undefined {
    return this.#words[row * WORDS_KEPT + at];
  }

  /** Place of a hash in its row, or -1. */
  find(row: number, id: number): number {
    const from = row * WORDS_KEPT;
    for (let at = from, end = from + this.#counts[row]!; at < end; at++) if (this.#ids[at] === id) return at - from;
    return -1;
  }

  /** The weight of a hash, 0 where the heap does not say it. */
  weightOf(row: number, id: number): number {
    const at = this.find(row, id);
    return at < 0 ? 0 : this.weight(row, at);
  }

  setWeight(row: number, at: number, weight: number): void {
    this.#weights[row * WORDS_KEPT + at] = weight;
  }

  /** A new entry; its row must have room for it. */
  add(row: number, id: number, weight: number, word: string | undefined): void {
    const at = row * WORDS_KEPT + this.#counts[row]!++;
    this.#ids[at] = id;
    this.#weights[at] = weight;
    this.#words[at] = word;
  }

  /** Place of the lightest entry, the first of several; -1 in an empty row. */
  lightest(row: number): number {
    let [least, found] = [Infinity, -1];
    for (let at = 0; at < this.#counts[row]!; at++)
      if (this.weight(row, at) < least) {
        least = this.weight(row, at);
        found = at;
      }
    return found;
  }

  remove(row: number, at: number): void {
    const [from, end] = [row * WORDS_KEPT + at, row * WORDS_KEPT + this.#counts[row]!];
    this.#ids.copyWithin(from, from + 1, end);
    this.#weights.copyWithin(from, from + 1, end);
    for (let to = from; to + 1 < end; to++) this.#words[to] = this.#words[to + 1];
    this.#words[end - 1] = undefined;
    this.#counts[row]!--;
  }

  /** Cosine's numerator: what a row shares with a vector that was laid open (`vector-table.ts`). */
  dot(row: number, values: { readonly of: (id: number) => number }): number {
    let sum = 0;
    for (let at = row * WORDS_KEPT, end = at + this.#counts[row]!; at < end; at++) {
      const value = values.of(this.#ids[at]!);
      if (value !== 0) sum += value * this.#weights[at]!;
    }
    return sum;
  }

  /** The entries of some rows, one row after another. */
  pack(rows: readonly number[]): PackedWords {
    const counts = Uint8Array.from(rows, (row) => this.#counts[row]!);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const packed = { counts, ids: new Int32Array(total), weights: new Float64Array(total), words: [] as string[] };
    let to = 0;
    for (const row of rows) {
      const [from, end] = [row * WORDS_KEPT, row * WORDS_KEPT + this.#counts[row]!];
      packed.ids.set(this.#ids.subarray(from, end), to);
      packed.weights.set(this.#weights.subarray(from, end), to);
      for (let at = from; at < end; at++) packed.words.push(this.#words[at] ?? '');
      to += end - from;
    }
    return packed;
  }

  /** Takes back what `pack` gave into new rows; answers them in the same order. */
  unpack({ counts, ids, weights, words }: PackedWords): number[] {
    let from = 0;
    return Array.from(counts, (count) => {
      const row = this.take();
      for (let at = from; at < from + count; at++)
        this.add(row, ids[at]!, weights[at]!, words[at] === '' ? undefined : words[at]);
      from += count;
      return row;
    });
  }

  #grow(): void {
    const room = this.#counts.length + ROOM;
    const [ids, weights, counts] = [this.#ids, this.#weights, this.#counts];
    this.#ids = new Int32Array(room * WORDS_KEPT);
    this.#weights = new Float64Array(room * WORDS_KEPT);
    this.#counts = new Uint8Array(room);
    this.#ids.set(ids);
    this.#weights.set(weights);
    this.#counts.set(counts);
    for (let at = this.#words.length; at < room * WORDS_KEPT; at++) this.#words.push(undefined);
  }
}

/** Plain data, for snapshots. */
export interface PackedWords {
  readonly counts: Uint8Array;
  readonly ids: Int32Array;
  readonly weights: Float64Array;
  /** Empty for what is no word. */
  readonly words: readonly string[];
}
