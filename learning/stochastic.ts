import { softmax, type Linear, type Sparse } from './linear.ts';
import { random, shuffle } from './random.ts';

export interface QuickSettings {
  readonly classes: number;
  readonly rounds: number;
  readonly step: number;
  /** L2 penalty on the weights a text touches, each time it is read. */
  readonly penalty: number;
  readonly seed: number;
  readonly rowWeights?: Float32Array;
}

/**
 * Softmax regression by AdaGrad, one text at a time, in an order that the seed fixes; the answer is the mean of the
 * weights at the end of the last half of the rounds, which is steadier than any one of them.
 *
 * @param targets rows × classes shares
 */
export function trainQuickly(data: Sparse, targets: Float32Array, settings: QuickSettings): Linear {
  const { classes, rounds, step, penalty, rowWeights } = settings;
  const weights = new Float64Array((data.width + 1) * classes);
  const squares = new Float32Array(weights.length).fill(0.01);
  const mean = new Float64Array(weights.length);
  const scores = new Float64Array(classes);
  const order = Array.from({ length: data.starts.length - 1 }, (_, row) => row);
  const next = random(settings.seed);
  const bias = data.width * classes;
  const { starts, columns, values } = data;
  const first = rounds >> 1;
  for (let round = 0; round < rounds; round++) {
    shuffle(order, next);
    for (const row of order) {
      const from = starts[row] as number;
      const to = starts[row + 1] as number;
      for (let c = 0; c < classes; c++) scores[c] = weights[bias + c] as number;
      for (let k = from; k < to; k++) {
        const at = (columns[k] as number) * classes;
        const value = values[k] as number;
        for (let c = 0; c < classes; c++) scores[c] = (scores[c] as number) + value * (weights[at + c] as number);
      }
      softmax(scores);
      const rowWeight = rowWeights === undefined ? 1 : (rowWeights[row] as number);
      for (let c = 0; c < classes; c++)
        scores[c] = rowWeight * ((scores[c] as number) - (targets[row * classes + c] as number));
      for (let k = from; k <= to; k++) {
        const at = k === to ? bias : (columns[k] as number) * classes;
        const value = k === to ? 0.3 : (values[k] as number);
        for (let c = 0; c < classes; c++) {
          const gradient = value * (scores[c] as number) + penalty * (weights[at + c] as number);
          const square = (squares[at + c] as number) + gradient * gradient;
          squares[at + c] = square;
          weights[at + c] = (weights[at + c] as number) - (step * gradient) / Math.sqrt(square);
        }
      }
    }
    if (round >= first) for (let i = 0; i < weights.length; i++) mean[i] = (mean[i] as number) + (weights[i] as number);
  }
  for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] as number) / (rounds - first);
  return { classes, weights: mean };
}
