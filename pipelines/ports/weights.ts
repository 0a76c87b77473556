import type { Calibration } from './calibration.ts';

/**
 * A table of learned weights over known features. A feature is a 32-bit hash; features that training never saw have no
 * row, so unseen text adds no noise by collision.
 */
export interface FeatureTable {
  /** Open addressing: feature hashes, 0 where the slot is empty; the length is a power of two. */
  readonly slots: Uint32Array;
  /** The row of the feature in the slot of the same number. */
  readonly rowOf: Int32Array;
  readonly rows: number;
  /** What each column scores, such as `mood.happy`. */
  readonly columns: readonly string[];
  /** rows × columns, row by row; a weight is `weights × scales[column]`. Inverse document frequency is already in it. */
  readonly weights: Int8Array;
  readonly scales: Float32Array;
  readonly bias: Float32Array;
  /** Per row: the square of its inverse document frequency, for the length of the text's vector. */
  readonly squares: Float32Array;
}

/** One word or phrase that speaks for (or, with a negative weight, against) a label. */
export interface Cue {
  readonly word: string;
  readonly label: string;
  readonly weight: number;
}

/** What the layer of pleas weighs, in the order of its numbers; the bias comes first. */
export const PLEA_PARTS = [
  'bias',
  'cry',
  'ask',
  'contact',
  'who',
  'trouble',
  'against',
  'headline',
  'cry and trouble',
  'ask and trouble',
  'who and trouble',
  'contact and trouble',
  'cry and who',
  'danger',
  'asks an office for something else',
  'short request',
] as const;

/** Everything `classify` needs, read once at start by server/adapters/models/load-weights.ts. */
export interface Weights {
  /** sha256 of the files, 12 hex digits: shown by `check` and kept with reviewed cases. */
  readonly version: string;
  /** What each UTF-16 code unit is read as: half-width, lower case, simplified; 0 leaves it out. */
  readonly folding: Uint16Array;
  /** Heads on the text of a post. */
  readonly text: FeatureTable;
  /** Rumor over time: features of the replies. */
  readonly replies: FeatureTable;
  /** Small dense numbers by name: thresholds, slopes, layers on top of the columns. */
  readonly numbers: ReadonlyMap<string, Float32Array>;
  readonly cues: readonly Cue[];
  /** The office's own, where it has one for these weights. */
  readonly calibration?: Calibration;
}
