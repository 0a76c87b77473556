import { oneHot, trainLinear, type Linear } from './linear.ts';
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
  /** Inverse L2 penalty. */
  readonly c: number;
  readonly rounds?: number;
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

export function trainHead(head: Head, vocabulary: Vocabulary): TrainedHead {
  const classes = head.columns.length;
  const { labels } = head;
  const targets = labels instanceof Float32Array ? labels : oneHot(labels, classes);
  const encoded = encode(head.texts, vocabulary);
  const linear = trainLinear(encoded, targets, {
    classes,
    c: head.c,
    ...(head.rounds === undefined ? {} : { rounds: head.rounds }),
    ...(head.rowWeights === undefined ? {} : { rowWeights: head.rowWeights }),
  });
  return keepColumns(linear, head.columns, encoded, vocabulary.idf.length);
}

function keepColumns(linear: Linear, columns: readonly (string | null)[], encoded: Encoded, rows: number): TrainedHead {
  const { classes } = linear;
  const base = columns.indexOf(null);
  const kept = columns.flatMap((column, k) => (column === null ? [] : [k]));
  const at = (row: number, k: number): number =>
    (linear.weights[row * classes + k] as number) - (base < 0 ? 0 : (linear.weights[row * classes + base] as number));
  const weights = new Float64Array(rows * kept.length);
  encoded.features.forEach((feature, row) => {
    kept.forEach((k, j) => (weights[feature * kept.length + j] = at(row, k)));
  });
  return {
    columns: kept.map((k) => columns[k] as string),
    weights,
    bias: Float64Array.from(kept, (k) => at(encoded.width, k)),
  };
}

/** Scores of new texts by a trained head: rows × columns. */
export function scoreTexts(texts: readonly Features[], vocabulary: Vocabulary, head: TrainedHead): Float64Array[] {
  const width = head.columns.length;
  return texts.map((text) => {
    const scores = new Float64Array(width);
    let square = 0;
    for (const hash of text) {
      const feature = vocabulary.rowOf.get(hash);
      if (feature === undefined) continue;
      const idf = vocabulary.idf[feature] as number;
      square += idf * idf;
      for (let c = 0; c < width; c++)
        scores[c] = (scores[c] as number) + idf * (head.weights[feature * width + c] as number);
    }
    const shrink = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let c = 0; c < width; c++) scores[c] = (scores[c] as number) * shrink + (head.bias[c] as number);
    return scores;
  });
}
