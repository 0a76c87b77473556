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
  /** Rows of weights, four bytes a word, each weight plus 128. */
  readonly packed: Int32Array;
  /** Words a row. */
  readonly width: number;
}

/** Added to a weight so that it is no less than 0 and four of them can be added side by side. */
const BIAS = 128;
/** So many rows can be added before a lane of sixteen bits runs over: 255 × 257 = 65,535. */
const LANE_ROWS = 256;
const EVEN_LANES = 0x00ff00ff;

/**
 * Features that many texts have stand first, in the rows and at their home slots: what is read for every post then lies
 * close together and stays in the near cache.
 */
function slotsOf(table: FeatureTable): Slots {
  let size = 16;
  while (size < table.rows * 2) size *= 2;
  const words = new Int32Array(size * WORDS);
  const floats = new Float32Array(words.buffer);
  const sieve = new Uint8Array(1 << (SIEVE_BITS - 3));
  const columns = table.columns.length;
  const width = (columns + 3) >> 2;
  const packed = new Int32Array(table.rows * width);
  const hashOf = new Int32Array(table.rows);
  table.slots.forEach((hash, from) => {
    if (hash !== 0) hashOf[table.rowOf[from] as number] = hash;
  });
  // The smaller its square of idf, the more texts have a feature.
  const byUse = Uint32Array.from(hashOf, (_, row) => row).sort(
    (a, b) => (table.squares[a] as number) - (table.squares[b] as number) || a - b,
  );
  byUse.forEach((row, rank) => {
    const hash = hashOf[row] as number;
    let slot = hash & (size - 1);
    while (words[slot * WORDS] !== 0) slot = (slot + 1) & (size - 1);
    words[slot * WORDS] = hash;
    words[slot * WORDS + 1] = rank;
    floats[slot * WORDS + 2] = table.squares[row] as number;
    const bit = hash >>> (32 - SIEVE_BITS);
    sieve[bit >>> 3] = (sieve[bit >>> 3] as number) | (1 << (bit & 7));
    for (let c = 0; c < columns; c++) {
      const at = rank * width + (c >> 2);
      const weight = (table.weights[row * columns + c] as number) + BIAS;
      packed[at] = (packed[at] as number) | (weight << ((c & 3) * 8));
    }
  });
  return { words, floats, last: size - 1, sieve, packed, width };
}

/**
 * One pass over the features of a text for all columns at once: each known feature counts as often as it stands there,
 * its weights are added as whole numbers, and the sums are divided by the length of the text's vector of counts times
 * idf (cosine normalisation).
 */
export class ColumnScorer {
  /** After `score`: one number a column, bias included. */
  readonly scores: Float64Array;
  /**
   * After `score`: the distinct features found, as indexes of their first place in the reader, their rows by use, and
   * how often each counts.
   */
  readonly found = new Int32Array(MOST_FEATURES);
  readonly foundRows = new Int32Array(MOST_FEATURES);
  readonly counts = new Int32Array(MOST_FEATURES);
  foundCount = 0;
  /** 1 ÷ length of the text's vector; 0 where no feature is known. */
  shrink = 0;

  readonly table: FeatureTable;
  readonly #sums: Int32Array;
  /** Sums of the columns 0, 2, 4, 6 … and 1, 3, 5, 7 …, two a number. */
  readonly #even: Int32Array;
  readonly #odd: Int32Array;
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
    this.#even = new Int32Array(this.#slots.width);
    this.#odd = new Int32Array(this.#slots.width);
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

  /** Four weights a step: their sums stand in lanes of sixteen bits, two lanes a number. */
  #add(): void {
    const { packed, width } = this.#slots;
    const even = this.#even;
    const odd = this.#odd;
    this.#sums.fill(0);
    even.fill(0);
    odd.fill(0);
    let taken = 0;
    for (let i = 0; i < this.foundCount; i++) {
      const from = (this.foundRows[i] as number) * width;
      for (let left = this.counts[i] as number; left > 0;) {
        if (taken === LANE_ROWS) {
          this.#unpack(taken);
          taken = 0;
        }
        const times = Math.min(left, LANE_ROWS - taken);
        for (let w = 0; w < width; w++) {
          const four = packed[from + w] as number;
          even[w] = (even[w] as number) + Math.imul(four & EVEN_LANES, times);
          odd[w] = (odd[w] as number) + Math.imul((four >>> 8) & EVEN_LANES, times);
        }
        taken += times;
        left -= times;
      }
    }
    this.#unpack(taken);
  }

  /** Adds the lanes, in which so many rows were added, to the sums and empties them. */
  #unpack(rows: number): void {
    const sums = this.#sums;
    for (let c = 0; c < sums.length; c++) {
      const lanes = ((c & 1) === 0 ? this.#even : this.#odd)[c >> 2] as number;
      sums[c] = (sums[c] as number) + ((c & 2) === 0 ? lanes & 0xffff : lanes >>> 16) - BIAS * rows;
    }
    this.#even.fill(0);
    this.#odd.fill(0);
  }

  /** The weight of one found feature in one column, in steps of that column. */
  weight(index: number, column: number): number {
    const { packed, width } = this.#slots;
    const four = packed[(this.foundRows[index] as number) * width + (column >> 2)] as number;
    return ((four >>> ((column & 3) * 8)) & 0xff) - BIAS;
  }

  /** What a weight of so many steps gave to one column. */
  share(weight: number, column: number): number {
    return weight * (this.table.scales[column] as number) * this.shrink;
  }
}
