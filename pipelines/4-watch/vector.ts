import type { DocumentFrequency } from './document-frequency.ts';
import { NO_SPOTS } from './one-cluster.ts';
import type { Terms } from './terms.ts';

/** A post's vector: unit length, words and places together. */
export interface Vector {
  readonly ids: readonly number[];
  readonly values: readonly number[];
  /** How many of `ids`, from the front, are words; the rest are roads and estates, then divisions. */
  readonly wordCount: number;
  readonly spots: ReadonlyMap<number, number>;
  /** Places in `ids` of the heaviest few, heaviest first. */
  readonly order: readonly number[];
}

/** Weightiest entries by which a heap is looked up. */
const LOOKED_UP = 12;
/** A pair of signs weighs less than a word: most words are two of them. */
const GRAM = 0.5;

export function vectorOf(terms: Terms, frequency: DocumentFrequency): Vector {
  const spots = terms.spots.filter((_, at) => frequency.isTelling(terms.spotsHere[at]!));
  const ids = [...terms.ids, ...spots, ...terms.grams, ...terms.places];
  const values = ids.map((id) => frequency.idf(id));
  const grams = terms.ids.length + spots.length;
  for (let at = grams; at < grams + terms.grams.length; at++) values[at]! *= GRAM;
  let sum = 0;
  for (const value of values) sum += value * value;
  const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
  for (let at = 0; at < values.length; at++) values[at]! *= scale;
  const order: number[] = [];
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (order.length === LOOKED_UP && value <= values[order.at(-1)!]!) continue;
    let to = order.length;
    while (to > 0 && values[order[to - 1]!]! < value) to--;
    order.splice(to, 0, at);
    if (order.length > LOOKED_UP) order.pop();
  }
  return {
    ids,
    values,
    wordCount: terms.ids.length,
    spots: spots.length === 0 ? NO_SPOTS : new Map(spots.map((spot) => [spot, 1])),
    order,
  };
}
