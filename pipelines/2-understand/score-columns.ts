import type { FeatureTable } from '../ports/weights.ts';
import { type FeatureReader, MOST_FEATURES } from './read-features.ts';

/** The row of a feature, or -1 where training did not see it. */
export function rowOf(table: Pick<FeatureTable, 'slots' | 'rowOf'>, hash: number): number {
  const last = table.slots.length - 1;
  let slot = hash & last;
  for (;;) {
    const held = table.slots[slot] as number;
    if (held === hash) return table.rowOf[slot] as number;
    if (held === 0) return -1;
    slot = (slot + 1) & last;
  }
}

/**
 * One pass over the features of a text for all columns at once: each known feature counts once, its weights are added
 * as whole numbers, and the sums are divided by the length of the text's idf vector (cosine normalisation).
 */
export class ColumnScorer {
  /** After `score`: one number a column, bias included. */
  readonly scores: Float64Array;
  /** After `score`: the features found, as indexes into the reader, and their rows. */
  readonly found = new Int32Array(MOST_FEATURES);
  readonly foundRows = new Int32Array(MOST_FEATURES);
  foundCount = 0;
  /** 1 ÷ length of the text's vector; 0 where no feature is known. */
  shrink = 0;

  readonly table: FeatureTable;
  readonly #sums: Int32Array;
  readonly #seen: Int32Array;
  #turn = 0;

  constructor(table: FeatureTable) {
    this.table = table;
    this.scores = new Float64Array(table.columns.length);
    this.#sums = new Int32Array(table.columns.length);
    this.#seen = new Int32Array(table.rows);
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
    if (this.#turn === 0x7fffffff) {
      this.#seen.fill(0);
      this.#turn = 0;
    }
    const turn = ++this.#turn;
    const { slots, rowOf: rowsOf, squares } = this.table;
    const last = slots.length - 1;
    const { hashes } = features;
    let n = 0;
    let square = 0;
    for (let f = 0; f < features.count; f++) {
      const hash = hashes[f] as number;
      let slot = hash & last;
      let held = slots[slot] as number;
      while (held !== hash && held !== 0) {
        slot = (slot + 1) & last;
        held = slots[slot] as number;
      }
      if (held === 0) continue;
      const row = rowsOf[slot] as number;
      if (this.#seen[row] === turn) continue;
      this.#seen[row] = turn;
      square += squares[row] as number;
      this.found[n] = f;
      this.foundRows[n++] = row;
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
      for (let c = 0; c < width; c++) sums[c] = (sums[c] as number) + (weights[from + c] as number);
    }
  }

  /** What one found feature gave to one column. */
  share(index: number, column: number): number {
    const { weights, scales, columns } = this.table;
    const weight = weights[(this.foundRows[index] as number) * columns.length + column] as number;
    return weight * (scales[column] as number) * this.shrink;
  }
}
