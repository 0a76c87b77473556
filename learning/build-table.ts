import type { TrainedHead } from './heads.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface BuiltTable {
  readonly columns: readonly string[];
  readonly hashes: Uint32Array;
  readonly squares: Float32Array;
  readonly weights: Int8Array;
  readonly scales: readonly number[];
  readonly bias: readonly number[];
}

/**
 * All heads side by side as whole numbers of one byte, idf multiplied in. Kept are the `most` features whose largest
 * weight (in steps of its own column) is largest; the rest would round to nothing.
 */
export function buildTable(heads: readonly TrainedHead[], vocabulary: Vocabulary, most: number): BuiltTable {
  const rows = vocabulary.idf.length;
  const columns = heads.flatMap((head) => head.columns);
  const width = columns.length;
  const full = new Float64Array(rows * width);
  let from = 0;
  for (const head of heads) {
    const own = head.columns.length;
    for (let row = 0; row < rows; row++)
      for (let c = 0; c < own; c++)
        full[row * width + from + c] = (head.weights[row * own + c] as number) * (vocabulary.idf[row] as number);
    from += own;
  }
  const scales = columns.map((_, c) => scaleOf(full, width, c));
  const order = strongest(full, scales, rows)
    .slice(0, most)
    .sort((a, b) => a - b);
  const hashOf = new Uint32Array(rows);
  for (const [hash, row] of vocabulary.rowOf) hashOf[row] = hash;
  const weights = new Int8Array(order.length * width);
  order.forEach((row, at) => {
    for (let c = 0; c < width; c++) {
      const steps = Math.round((full[row * width + c] as number) / (scales[c] as number));
      weights[at * width + c] = Math.max(-127, Math.min(127, steps));
    }
  });
  return {
    columns,
    hashes: Uint32Array.from(order, (row) => hashOf[row] as number),
    squares: Float32Array.from(order, (row) => (vocabulary.idf[row] as number) ** 2),
    weights,
    scales,
    bias: heads.flatMap((head) => [...head.bias]),
  };
}

/** The step of a column: 127 steps reach its 99.98th percentile; the few larger weights are cut there. */
function scaleOf(full: Float64Array, width: number, column: number): number {
  const sizes: number[] = [];
  for (let at = column; at < full.length; at += width) if (full[at] !== 0) sizes.push(Math.abs(full[at] as number));
  sizes.sort((a, b) => a - b);
  const top = sizes[Math.floor((sizes.length - 1) * 0.9998)] ?? 0;
  return Math.fround(top > 0 ? top / 127 : 1);
}

function strongest(full: Float64Array, scales: readonly number[], rows: number): number[] {
  const width = scales.length;
  const strength = new Float64Array(rows);
  for (let row = 0; row < rows; row++)
    for (let c = 0; c < width; c++) {
      const size = Math.abs(full[row * width + c] as number) / (scales[c] as number);
      if (size > (strength[row] as number)) strength[row] = size;
    }
  return Array.from(strength, (_, row) => row).sort(
    (a, b) => (strength[b] as number) - (strength[a] as number) || a - b,
  );
}
