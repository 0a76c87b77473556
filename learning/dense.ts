import type { Sparse } from './linear.ts';

/** Rows of a few dense numbers as a matrix for trainLinear. */
export function dense(rows: readonly (readonly number[])[]): Sparse {
  const width = rows[0]?.length ?? 0;
  return {
    width,
    starts: Int32Array.from({ length: rows.length + 1 }, (_, i) => i * width),
    columns: Int32Array.from({ length: rows.length * width }, (_, i) => i % width),
    values: Float32Array.from(rows.flat()),
  };
}
