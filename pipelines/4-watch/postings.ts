/** Newest bearers kept of one hash. */
const BEARERS = 24;
const BUCKETS = 2 ** 18;
const FIRST_ROOM = 2_048;
/** Numbers in a run: its hash, the place of the next run, how many rows it holds, and the rows. */
const RUN = 8;
const [NEXT, COUNT, ROWS] = [1, 2, 3];
const ROOM = RUN - ROWS;

/**
 * By hash, the rows of the heaps that bear it (`heap-words.ts`), oldest first, at most 24: runs of up to five rows, chained in a typed
 * array, 32 bytes a run beside 2 MiB of buckets. Walking a chain is waiting for memory, and a run is one look. Place 0 means none.
 */
export class Postings {
  readonly #heads = new Int32Array(BUCKETS);
  readonly #tails = new Int32Array(BUCKETS);
  #runs = new Int32Array(FIRST_ROOM * RUN);
  #free = 0;
  #used = RUN;

  add(id: number, row: number): void {
    const bucket = bucketOf(id);
    let [bearers, oldest, newest] = [0, 0, 0];
    for (let at = this.#heads[bucket]!; at !== 0; at = this.#runs[at + NEXT]!) {
      if (this.#runs[at] !== id) continue;
      if (oldest === 0) oldest = at;
      newest = at;
      bearers += this.#runs[at + COUNT]!;
    }
    if (bearers >= BEARERS) this.remove(id, this.#runs[oldest + ROWS]!);
    if (newest === 0 || this.#runs[newest + COUNT] === ROOM) newest = this.#append(id, bucket);
    this.#runs[newest + ROWS + this.#runs[newest + COUNT]!++] = row;
  }

  /** A run for more rows of this hash, behind all others. */
  #append(id: number, bucket: number): number {
    const at = this.#room();
    this.#runs[at] = id;
    this.#runs[at + NEXT] = 0;
    this.#runs[at + COUNT] = 0;
    const tail = this.#tails[bucket]!;
    if (tail === 0) this.#heads[bucket] = at;
    else this.#runs[tail + NEXT] = at;
    this.#tails[bucket] = at;
    return at;
  }

  remove(id: number, row: number): void {
    const bucket = bucketOf(id);
    const runs = this.#runs;
    for (let at = this.#heads[bucket]!, before = 0; at !== 0; before = at, at = runs[at + NEXT]!) {
      if (runs[at] !== id) continue;
      const [from, end] = [at + ROWS, at + ROWS + runs[at + COUNT]!];
      let found = from;
      while (found < end && runs[found] !== row) found++;
      if (found === end) continue;
      runs.copyWithin(found, found + 1, end);
      if (--runs[at + COUNT]! > 0) return;
      const next = runs[at + NEXT]!;
      if (before === 0) this.#heads[bucket] = next;
      else runs[before + NEXT] = next;
      if (next === 0) this.#tails[bucket] = before;
      runs[at + NEXT] = this.#free;
      this.#free = at;
      return;
    }
  }

  /** Adds `weight` to what each bearer of the hash shares; a row met for the first time is noted behind the others. Answers how many are. */
  gather(id: number, weight: number, shared: Float64Array, met: Int32Array, count: number): number {
    let noted = count;
    const runs = this.#runs;
    for (let at = this.#heads[bucketOf(id)]!; at !== 0; at = runs[at + NEXT]!) {
      if (runs[at] !== id) continue;
      for (let place = at + ROWS, end = place + runs[at + COUNT]!; place < end; place++) {
        const row = runs[place]!;
        if (shared[row] === 0) met[noted++] = row;
        shared[row]! += weight;
      }
    }
    return noted;
  }

  /** Hash and row of every entry, in an order that gives the same answers when they are added again. */
  save(): PostingsState {
    const [ids, rows] = [[] as number[], [] as number[]];
    for (const head of this.#heads)
      for (let at = head; at !== 0; at = this.#runs[at + NEXT]!)
        for (const row of this.#runs.subarray(at + ROWS, at + ROWS + this.#runs[at + COUNT]!)) {
          ids.push(this.#runs[at]!);
          rows.push(row);
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
      this.#free = this.#runs[at + NEXT]!;
      return at;
    }
    if (this.#used === this.#runs.length) this.#runs = twice(this.#runs);
    this.#used += RUN;
    return this.#used - RUN;
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
