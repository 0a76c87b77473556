/** Counts kept in a ring by absolute bucket number, several kinds beside each other; a bucket that has left the ring reads as 0. */
export class Ring {
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

export interface RingState {
  readonly counts: Uint32Array | Float64Array;
  readonly numbers: Uint32Array | Float64Array;
}

export const plain = (ring: Ring): RingState => ({ counts: ring.counts, numbers: ring.numbers });
