/** Newest bearers kept of one hash. */
const BEARERS = 24;
const BUCKETS = 2 ** 17;
const FIRST_ROOM = 4_096;
/** Numbers an entry takes, and where two of them stand behind its hash. */
const ENTRY = 3;
const [ROW, NEXT] = [1, 2];

/**
 * By hash, the rows of the heaps that bear it (`heap-words.ts`), oldest first, at most 24: chains in typed arrays, 12 bytes an entry
 * beside 1 MiB of buckets. Place 0 means none.
 */
export class Postings {
  readonly #heads = new Int32Array(BUCKETS);
  readonly #tails = new Int32Array(BUCKETS);
  /** Hash, row and next place of each entry side by side: walking a chain waits for memory, so an entry is one look. */
  #entries = new Int32Array(FIRST_ROOM * ENTRY);
  #free = 0;
  #used = ENTRY;

  add(id: number, row: number): void {
    const bucket = bucketOf(id);
    let [bearers, oldest] = [0, -1];
    for (let at = this.#heads[bucket]!; at !== 0; at = this.#entries[at + NEXT]!)
      if (this.#entries[at] === id && bearers++ === 0) oldest = this.#entries[at + ROW]!;
    if (bearers >= BEARERS) this.remove(id, oldest);
    const at = this.#room();
    this.#entries[at] = id;
    this.#entries[at + ROW] = row;
    this.#entries[at + NEXT] = 0;
    const tail = this.#tails[bucket]!;
    if (tail === 0) this.#heads[bucket] = at;
    else this.#entries[tail + NEXT] = at;
    this.#tails[bucket] = at;
  }

  remove(id: number, row: number): void {
    const bucket = bucketOf(id);
    const entries = this.#entries;
    for (let at = this.#heads[bucket]!, before = 0; at !== 0; before = at, at = entries[at + NEXT]!) {
      if (entries[at] !== id || entries[at + ROW] !== row) continue;
      const next = entries[at + NEXT]!;
      if (before === 0) this.#heads[bucket] = next;
      else entries[before + NEXT] = next;
      if (next === 0) this.#tails[bucket] = before;
      entries[at + NEXT] = this.#free;
      this.#free = at;
      return;
    }
  }

  /** Adds `weight` to what each bearer of the hash shares; a row met for the first time is noted behind the others. Answers how many are. */
  gather(id: number, weight: number, shared: Float64Array, met: Int32Array, count: number): number {
    let noted = count;
    const entries = this.#entries;
    for (let at = this.#heads[bucketOf(id)]!; at !== 0; at = entries[at + NEXT]!) {
      if (entries[at] !== id) continue;
      const row = entries[at + ROW]!;
      if (shared[row] === 0) met[noted++] = row;
      shared[row]! += weight;
    }
    return noted;
  }

  /** Hash and row of every entry, in an order that gives the same answers when they are added again. */
  save(): PostingsState {
    const [ids, rows] = [[] as number[], [] as number[]];
    for (const head of this.#heads)
      for (let at = head; at !== 0; at = this.#entries[at + NEXT]!) {
        ids.push(this.#entries[at]!);
        rows.push(this.#entries[at + ROW]!);
      }
    return { ids: Int32Array.from(ids), rows: Int32Array.from(rows) };
  }

  /** @param rowOf the row that a kept one has now */
  load({ ids, rows }: PostingsState, rowOf: (row: number) => number | undefined): void {
    for (const [at, id] of ids.entries()) {
      const row = rowOf(rows[at]!);
      if (row !== undefined) this.add(id, row);
    }
  }

  #room(): number {
    const at = this.#free;
    if (at !== 0) {
      this.#free = this.#entries[at + NEXT]!;
      return at;
    }
    if (this.#used === this.#entries.length) this.#entries = twice(this.#entries);
    this.#used += ENTRY;
    return this.#used - ENTRY;
  }
}

export interface PostingsState {
  readonly ids: Int32Array;
  readonly rows: Int32Array;
}

/** Hashes of words, roads and divisions are spread well in their low bits. */
const bucketOf = (id: number): number => (id ^ (id >>> 15)) & (BUCKETS - 1);

function twice(values: Int32Array): Int32Array<ArrayBuffer> {
  const more = new Int32Array(values.length * 2);
  more.set(values);
  return more;
}
