import { createHash } from 'node:crypto';
import type { FeatureTable } from '../../../pipelines/ports/weights.ts';

/** What `models/model.json` says of one table's binary file. */
export interface TableCard {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
  readonly columns: readonly string[];
  readonly scales: readonly number[];
  readonly bias: readonly number[];
}

/** `models/model.json`: written by npm run train, checked by loadWeights. */
export interface ModelCard {
  readonly format: 1;
  readonly trained: string;
  readonly folding: { readonly file: string; readonly sha256: string; readonly bytes: number };
  readonly tables: { readonly text: TableCard; readonly replies: TableCard };
  readonly numbers: Readonly<Record<string, readonly number[]>>;
}

export const MODEL_FILE = 'model.json';

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Bytes of a table for `rows` features and `columns` columns: hash, square (4 bytes each), then one byte a weight. */
export const tableBytes = (rows: number, columns: number): number => rows * (8 + columns);

/** Little-endian: all hashes, all squares, all weights. */
export function encodeTable(hashes: Uint32Array, squares: Float32Array, weights: Int8Array): Uint8Array {
  const bytes = new Uint8Array(hashes.byteLength + squares.byteLength + weights.byteLength);
  const view = new DataView(bytes.buffer);
  hashes.forEach((hash, row) => {
    view.setUint32(row * 4, hash, true);
  });
  squares.forEach((square, row) => {
    view.setFloat32(hashes.byteLength + row * 4, square, true);
  });
  bytes.set(
    new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength),
    hashes.byteLength + squares.byteLength,
  );
  return bytes;
}

/** The table with its slots built. The caller has checked the number of bytes. */
export function decodeTable(
  bytes: Uint8Array,
  card: Pick<TableCard, 'rows' | 'columns' | 'scales' | 'bias'>,
): FeatureTable {
  const { rows, columns } = card;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let size = 16;
  while (size < rows * 2.5) size *= 2;
  const slots = new Uint32Array(size);
  const rowOf = new Int32Array(size);
  const squares = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const hash = view.getUint32(row * 4, true);
    let slot = hash & (size - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (size - 1);
    slots[slot] = hash;
    rowOf[slot] = row;
    squares[row] = view.getFloat32(rows * 4 + row * 4, true);
  }
  const weights = new Int8Array(bytes.slice(rows * 8).buffer);
  return {
    slots,
    rowOf,
    rows,
    columns,
    weights,
    scales: Float32Array.from(card.scales),
    bias: Float32Array.from(card.bias),
    squares,
  };
}
