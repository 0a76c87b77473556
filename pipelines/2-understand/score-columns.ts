import type { FeatureTable } from '../ports/weights.ts';
import { type FeatureReader, MOST_FEATURES } from './read-features.ts';

/**
 * A slot is four words side by side, one cache line a feature: hash, row, square (as float bits), and when it was last
 * seen: the turn, and below it the place among the features found in that turn.
 */
const WORDS = 4;
/** Bits that hold a place among the features found. */
const PLACE_BITS = 14;
const LAST_TURN = 2 ** (31 - PLACE_BITS) - 1;
/** Bits of the sieve that turns most unknown features away before the slots are read; it stays in the near cache. */
const SIEVE_BITS = 20;

interface Slots {
  readonly words: Int32Array;
  readonly floats: Float32Array;
  readonly last: number;
  readonly sieve: Uint8Array;
}

function slotsOf(table: FeatureTable): Slots {
  let size = 16;
  while (size < table.rows * 2) size *= 2;
  const words = new Int32Array(size * WORDS);
  const floats = new Float32Array(words.buffer);
  const sieve = new Uint8Array(1 << (SIEVE_BITS - 3));
  table.slots.forEach((hash, from) => {
    if (hash === 0) return;
    let slot = hash & (size - 1);
    while (words[slot * WORDS] !== 0) slot = (slot + 1) & (size - 1);
    const row = table.rowOf[from] as number;
    words[slot * WORDS] = hash | 0;
    words[slot * WORDS + 1] = row;
    floats[slot * WORDS + 2] = table.squares[row] as number;
    const bit = hash >>> (32 - SIEVE_BITS);
    sieve[bit >>> 3] = (sieve[bit >>> 3] as number) | (1 << (bit & 7));
  });
  return { words, floats, last: size - 1, sieve };
}

/**
 * One pass over the features of a text for all columns at once: each known feature counts as often as it stands there,
 * its weights are added as whole numbers, and the sums are divided by the length of the text's vector of counts times
 * idf (cosine normalisation).
 */
export class ColumnScorer {
  /** After `score`: one number a column, bias included. */
  readonly scores: Float64Array;
  /** After `score`: the distinct features found, as indexes of their first place in the reader, their rows, and how often each stands there. */
  readonly found = new Int32Array(MOST_FEATURES);
  readonly foundRows = new Int32Array(MOST_FEATURES);
  readonly counts = new Int32Array(MOST_FEATURES);
  foundCount = 0;
  /** 1 ÷ length of the text's vector; 0 where no feature is known. */
  shrink = 0;

  readonly table: FeatureTable;
  readonly #sums: Int32Array;
  readonly #slots: Slots;
  readonly #repeats: boolean;
  #turn = 0;

  /** @param repeats whether a feature counts as often as it stands in the text; else once. */
  constructor(table: FeatureTable, repeats = true) {
    this.table = table;
    this.#repeats = repeats;
    this.scores = new Float64Array(table.columns.length);
    this.#sums = new Int32Array(table.columns.length);
    this.#slots = slotsOf(table);
  }

  score(features: FeatureReader): Float64Array {
    this.#find(features);
    this.#add();
    const { scales, bias } = this.table;
    for (let c = 0; c < this.scores.length; c++)
      this.scores[c] = (this.#sums[c] as number) * (scales[c] as number) * this.shrink + (bias[c] as number);
    return this.scores;
  }

  #find(features: FeatureReader): void {
    const { words, floats, last, sieve } = this.#slots;
    if (this.#turn === LAST_TURN) {
      for (let at = 3; at < words.length; at += WORDS) words[at] = 0;
      this.#turn = 0;
    }
    const turn = ++this.#turn;
    const { hashes } = features;
    const { counts } = this;
    let n = 0;
    let square = 0;
    for (let f = 0; f < features.count; f++) {
      const hash = (hashes[f] as number) | 0;
      const bit = hash >>> (32 - SIEVE_BITS);
      if (((sieve[bit >>> 3] as number) & (1 << (bit & 7))) === 0) continue;
      let at = (hash & last) * WORDS;
      while (words[at] !== hash && words[at] !== 0) at = at === last * WORDS ? 0 : at + WORDS;
      if (words[at] === 0) continue;
      const seen = words[at + 3] as number;
      if (seen >> PLACE_BITS === turn) {
        if (!this.#repeats) continue;
        const place = seen & ((1 << PLACE_BITS) - 1);
        const count = (counts[place] as number) + 1;
        counts[place] = count;
        square += (2 * count - 1) * (floats[at + 2] as number);
        continue;
      }
      words[at + 3] = (turn << PLACE_BITS) | n;
      square += floats[at + 2] as number;
      counts[n] = 1;
      this.found[n] = f;
      this.foundRows[n++] = words[at + 1] as number;
    }
    this.foundCount = n;
    this.shrink = square > 0 ? 1 / Math.sqrt(square) : 0;
  }

  #add(): void {
    const sums = this.#sums;
    const { weights } = this.table;
    const width = sums.length;
    sums.fill(0);
    for (let i = 0; i < this.foundCount; i++) {
      const from = (this.foundRows[i] as number) * width;
      const count = this.counts[i] as number;
      for (let c = 0; c < width; c++) sums[c] = (sums[c] as number) + count * (weights[from + c] as number);
    }
  }

  /** What one found feature gave to one column. */
  share(index: number, column: number): number {
    const { weights, scales, columns } = this.table;
    const weight = weights[(this.foundRows[index] as number) * columns.length + column] as number;
    return (this.counts[index] as number) * weight * (scales[column] as number) * this.shrink;
  }
}
