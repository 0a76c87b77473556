import { oneHot, trainLinear, type Linear, type Sparse } from './linear.ts';
import { trainQuickly, type QuickSettings } from './stochastic.ts';
import { encode, type Encoded, type Features, type Vocabulary } from './vocabulary.ts';

/** One head to train: its texts, their labels, and which columns of the table it fills. */
export interface Head {
  readonly name: string;
  /** One name a class; `null` for the class the others are measured against (its weights are subtracted). */
  readonly columns: readonly (string | null)[];
  readonly texts: readonly Features[];
  /** Class numbers, or rows × classes shares. */
  readonly labels: readonly number[] | Float32Array;
  readonly rowWeights?: Float32Array;
  /** How it is learned: fast by AdaGrad, or to the optimum with an L2 penalty of 1/c, for small sets. */
  readonly by: Omit<QuickSettings, 'classes' | 'seed' | 'rowWeights'> | { readonly c: number };
  /** What was learnt before on other texts; its scores are further inputs, and its weights are merged into the head's. */
  readonly basis?: Basis;
}

/** Scores learnt on unlabelled texts: features × size. */
export interface Basis {
  readonly size: number;
  readonly weights: Float64Array;
  /** How freely a head may lean on it: inputs are the scores times this. */
  readonly scale: number;
}

/** A trained head over the shared vocabulary: weights (rows × columns) and biases, in the order of `columns`. */
export interface TrainedHead {
  readonly columns: readonly string[];
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

/** Rows of a rare class count more: (mean class size ÷ class size) to the power given. */
export function classWeights(labels: readonly number[], classes: number, power: number): Float32Array {
  const counts = new Float64Array(classes);
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  return Float32Array.from(labels, (label) => (labels.length / classes / (counts[label] as number)) ** power);
}

function fit(data: Sparse, targets: Float32Array, { by, columns, rowWeights }: Head): Linear {
  const settings = { classes: columns.length, ...(rowWeights === undefined ? {} : { rowWeights }) };
  return 'c' in by
    ? trainLinear(data, targets, { ...settings, c: by.c })
    : trainQuickly(data, targets, { ...settings, ...by, seed: 11 });
}

export function trainHead(head: Head, vocabulary: Vocabulary): TrainedHead {
  const classes = head.columns.length;
  const { labels, basis } = head;
  const targets = labels instanceof Float32Array ? labels : oneHot(labels, classes);
  const encoded = encode(head.texts, vocabulary);
  const linear = fit(basis === undefined ? encoded : withBasis(encoded, basis), targets, head);
  const full = spread(linear, encoded, vocabulary.idf.length, basis);
  const biases = linear.weights.subarray(linear.weights.length - classes);
  return keepColumns(full, biases, head.columns);
}

/** Every row with the basis's scores as further columns. */
function withBasis(encoded: Encoded, { size, weights, scale }: Basis): Sparse {
  const rows = encoded.starts.length - 1;
  const starts = new Int32Array(rows + 1);
  const columns = new Int32Array(encoded.columns.length + rows * size);
  const values = new Float32Array(columns.length);
  let n = 0;
  for (let row = 0; row < rows; row++) {
    const scores = new Float64Array(size);
    for (let k = encoded.starts[row] as number; k < (encoded.starts[row + 1] as number); k++) {
      const column = encoded.columns[k] as number;
      const value = encoded.values[k] as number;
      const from = (encoded.features[column] as number) * size;
      columns[n] = column;
      values[n++] = value;
      for (let b = 0; b < size; b++) scores[b] = (scores[b] as number) + value * (weights[from + b] as number);
    }
    for (let b = 0; b < size; b++) {
      columns[n] = encoded.width + b;
      values[n++] = scale * (scores[b] as number);
    }
    starts[row + 1] = n;
  }
  return { starts, columns, values, width: encoded.width + size };
}

/** The learnt weights over the whole vocabulary (rows × classes), the basis merged in: linear on linear is linear. */
function spread(linear: Linear, encoded: Encoded, rows: number, basis: Basis | undefined): Float64Array {
  const { classes, weights } = linear;
  const full = new Float64Array(rows * classes);
  encoded.features.forEach((feature, column) => {
    for (let k = 0; k < classes; k++) full[feature * classes + k] = weights[column * classes + k] as number;
  });
  if (basis === undefined) return full;
  for (let row = 0; row < rows; row++)
    for (let b = 0; b < basis.size; b++) {
      const held = basis.scale * (basis.weights[row * basis.size + b] as number);
      if (held === 0) continue;
      const from = (encoded.width + b) * classes;
      for (let k = 0; k < classes; k++)
        full[row * classes + k] = (full[row * classes + k] as number) + held * (weights[from + k] as number);
    }
  return full;
}

/** Leaves out the class the others are measured against. */
function keepColumns(full: Float64Array, biases: Float64Array, columns: readonly (string | null)[]): TrainedHead {
  const classes = columns.length;
  const base = columns.indexOf(null);
  const kept = columns.flatMap((column, k) => (column === null ? [] : [k]));
  const rows = full.length / classes;
  const weights = new Float64Array(rows * kept.length);
  for (let row = 0; row < rows; row++) {
    const level = base < 0 ? 0 : (full[row * classes + base] as number);
    kept.forEach((k, j) => (weights[row * kept.length + j] = (full[row * classes + k] as number) - level));
  }
  return {
    columns: kept.map((k) => columns[k] as string),
    weights,
    bias: Float64Array.from(kept, (k) => (biases[k] as number) - (base < 0 ? 0 : (biases[base] as number))),
  };
}

/** Scores of new texts by a trained head: rows × columns. */
export function scoreTexts(texts: readonly Features[], vocabulary: Vocabulary, head: TrainedHead): Float64Array[] {
  const width = head.columns.length;
  const { starts, columns, values, features } = encode(texts, vocabulary);
  return texts.map((_, row) => {
    const scores = Float64Array.from(head.bias);
    for (let k = starts[row] as number; k < (starts[row + 1] as number); k++) {
      const from = (features[columns[k] as number] as number) * width;
      const value = values[k] as number;
      for (let c = 0; c < width; c++) scores[c] = (scores[c] as number) + value * (head.weights[from + c] as number);
    }
    return scores;
  });
}
