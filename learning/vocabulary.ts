import { FeatureReader } from '../pipelines/2-understand/read-features.ts';
import { TextReader } from '../pipelines/2-understand/read-text.ts';
import type { Sparse } from './linear.ts';

/** The features of one text, as often as they stand there. */
export type Features = Uint32Array;

/** Reads texts into features exactly as the running product does. */
export class Extractor {
  readonly text: TextReader;
  readonly features = new FeatureReader();

  constructor(folding: Uint16Array) {
    this.text = new TextReader(folding);
  }

  of(text: string, options: { readonly title?: string; readonly withEmoticons?: boolean } = {}): Features {
    this.text.read(text, options.title);
    this.features.read(this.text, options.withEmoticons ?? true);
    return this.features.hashes.slice(0, this.features.count);
  }
}

/** Which features have a row, and how telling each is. */
export interface Vocabulary {
  readonly rowOf: ReadonlyMap<number, number>;
  /** Inverse document frequency, smoothed as in scikit-learn: ln((1 + n) ÷ (1 + df)) + 1. */
  readonly idf: Float64Array;
}

/** Texts of one kind; a feature must stand in `least` of them to be kept. */
export interface Corpus {
  readonly texts: readonly Features[];
  readonly least: number;
}

/** Every feature that is frequent enough in one of the corpora, in order of first appearance; idf over all of them. */
export function buildVocabulary(corpora: readonly Corpus[]): Vocabulary {
  const total = new Map<number, number>();
  const kept = new Set<number>();
  let rows = 0;
  for (const { texts, least } of corpora) {
    const counts = new Map<number, number>();
    for (const text of texts) for (const hash of new Set(text)) counts.set(hash, (counts.get(hash) ?? 0) + 1);
    for (const [hash, count] of counts) {
      if (count >= least) kept.add(hash);
      total.set(hash, (total.get(hash) ?? 0) + count);
    }
    rows += texts.length;
  }
  const rowOf = new Map<number, number>();
  const idf: number[] = [];
  for (const hash of kept) {
    rowOf.set(hash, idf.length);
    idf.push(Math.log((1 + rows) / (1 + (total.get(hash) ?? 0))) + 1);
  }
  return { rowOf, idf: Float64Array.from(idf) };
}

/** Rows over the few features that occur, and which feature each column is. */
export interface Encoded extends Sparse {
  readonly features: Int32Array;
}

/**
 * Texts as rows of counts times idf with length 1; unknown features are left out. Columns are numbered anew, so that a head
 * with few texts stays small; their length counts all known features, as it does when the product runs.
 */
export function encode(texts: readonly Features[], vocabulary: Vocabulary): Encoded {
  const starts = new Int32Array(texts.length + 1);
  const columnOf = new Map<number, number>();
  const columns: number[] = [];
  const values: number[] = [];
  const timesOf = new Map<number, number>();
  texts.forEach((text, row) => {
    const from = columns.length;
    timesOf.clear();
    for (const hash of text) {
      const feature = vocabulary.rowOf.get(hash);
      if (feature !== undefined) timesOf.set(feature, (timesOf.get(feature) ?? 0) + 1);
    }
    let square = 0;
    for (const [feature, times] of timesOf) {
      let column = columnOf.get(feature);
      if (column === undefined) columnOf.set(feature, (column = columnOf.size));
      const value = times * (vocabulary.idf[feature] as number);
      columns.push(column);
      values.push(value);
      square += value * value;
    }
    const shrink = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let k = from; k < values.length; k++) values[k] = (values[k] as number) * shrink;
    starts[row + 1] = columns.length;
  });
  const features = Int32Array.from(columnOf.keys());
  return {
    starts,
    columns: Int32Array.from(columns),
    values: Float32Array.from(values),
    width: features.length,
    features,
  };
}
