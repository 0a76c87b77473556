import { minimise } from './minimise.ts';

/** Rows of a sparse matrix, one after the other. */
export interface Sparse {
  /** Where each row begins; one more than rows. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
  readonly width: number;
}

export interface Linear {
  readonly classes: number;
  /** width × classes, then classes biases. */
  readonly weights: Float64Array;
}

export interface LinearSettings {
  readonly classes: number;
  /** Inverse of the L2 penalty, as in liblinear: larger fits more closely. */
  readonly c: number;
  readonly rounds?: number;
  /** One weight a row; 1 where absent. */
  readonly rowWeights?: Float32Array;
  /** Added to every row's scores before the softmax (rows × classes): what is known already. */
  readonly offsets?: Float64Array;
}

/** Raw scores of one row, biases included, written to `scores`. */
export function scoreRow(model: Linear, data: Sparse, row: number, scores: Float64Array): void {
  const { classes, weights } = model;
  const bias = data.width * classes;
  for (let c = 0; c < classes; c++) scores[c] = weights[bias + c] as number;
  const to = data.starts[row + 1] as number;
  for (let k = data.starts[row] as number; k < to; k++) {
    const from = (data.columns[k] as number) * classes;
    const value = data.values[k] as number;
    for (let c = 0; c < classes; c++) scores[c] = (scores[c] as number) + value * (weights[from + c] as number);
  }
}

/** Turns scores into shares that add up to 1, in place; returns the log of the normaliser. */
export function softmax(scores: Float64Array): number {
  let top = -Infinity;
  for (const score of scores) if (score > top) top = score;
  let sum = 0;
  for (let c = 0; c < scores.length; c++) {
    scores[c] = Math.exp((scores[c] as number) - top);
    sum += scores[c] as number;
  }
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] as number) / sum;
  return top + Math.log(sum);
}

/**
 * Multinomial logistic regression with an L2 penalty. `targets` holds rows × classes shares (hard labels as 0 and 1,
 * soft ones for what a teacher said).
 */
export function trainLinear(data: Sparse, targets: Float32Array, settings: LinearSettings): Linear {
  const { classes, c, rounds = 60, rowWeights, offsets } = settings;
  const rows = data.starts.length - 1;
  const weights = new Float64Array((data.width + 1) * classes);
  const model: Linear = { classes, weights };
  const scores = new Float64Array(classes);
  const bias = data.width * classes;
  minimise(
    (x, gradient) => {
      gradient.fill(0);
      let loss = 0;
      for (let row = 0; row < rows; row++) {
        scoreRow(model, data, row, scores);
        if (offsets)
          for (let k = 0; k < classes; k++) scores[k] = (scores[k] as number) + (offsets[row * classes + k] as number);
        const weight = (rowWeights ? (rowWeights[row] as number) : 1) * c;
        for (let k = 0; k < classes; k++)
          loss -= weight * (targets[row * classes + k] as number) * (scores[k] as number);
        loss += weight * softmax(scores);
        for (let k = 0; k < classes; k++) {
          scores[k] = weight * ((scores[k] as number) - (targets[row * classes + k] as number));
          gradient[bias + k] = (gradient[bias + k] as number) + (scores[k] as number);
        }
        const to = data.starts[row + 1] as number;
        for (let j = data.starts[row] as number; j < to; j++) {
          const from = (data.columns[j] as number) * classes;
          const value = data.values[j] as number;
          for (let k = 0; k < classes; k++)
            gradient[from + k] = (gradient[from + k] as number) + value * (scores[k] as number);
        }
      }
      for (let i = 0; i < bias; i++) {
        const w = x[i] as number;
        loss += 0.5 * w * w;
        gradient[i] = (gradient[i] as number) + w;
      }
      return loss;
    },
    weights,
    rounds,
  );
  return model;
}

/** Hard labels as shares. */
export function oneHot(labels: readonly number[], classes: number): Float32Array {
  const targets = new Float32Array(labels.length * classes);
  labels.forEach((label, row) => (targets[row * classes + label] = 1));
  return targets;
}
