/** One measured figure, as `npm run evaluate` prints it. */
export interface Figure {
  /** Which judgement: `mood`, `rumor`, `place`, `watch` … */
  readonly head: string;
  /** What was measured and on what, in a few words: `macro-F1, EWECT virus`. */
  readonly metric: string;
  readonly value: number;
  /** Rows (or incidents) the figure rests on. */
  readonly n: number;
  /** 95 % interval: Wilson for shares, bootstrap over rows for the rest. */
  readonly low?: number;
  readonly high?: number;
  /** The published or measured figure to beat (reference/algorithms.md, issue 4). */
  readonly bar?: number;
  readonly goal?: number;
  /** True where a smaller value is better (false alarms, microseconds); bars are then upper limits. */
  readonly lowerIsBetter?: boolean;
  /** For a calibration: ten bins of scores, and how often each came true. */
  readonly bins?: readonly Bin[];
}

export interface Bin {
  /** The least score of the bin; it is a tenth wide. */
  readonly from: number;
  readonly n: number;
  /** Mean score and share that came true; null where no row fell into the bin. */
  readonly said: number | null;
  readonly came: number | null;
}

/** Measures one head on the data folder (design section 8). Throws a clear error where its files are absent. */
export type Evaluation = (data: string, options: EvaluationOptions) => Promise<Figure[]>;

export interface EvaluationOptions {
  /** A part of the rows where all of them take minutes: to try a change, not to quote. */
  readonly sample: boolean;
}
