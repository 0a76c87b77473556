import type { DocumentFrequency } from './document-frequency.ts';
import { NO_SPOTS } from './one-cluster.ts';
import type { Terms } from './terms.ts';

/** A post's vector: unit length, words and places together. */
export interface Vector {
  readonly ids: readonly number[];
  readonly values: readonly number[];
  /** How many of `ids`, from the front, are words; the rest are roads and estates, then divisions. */
  readonly wordCount: number;
  /** All that it names, also those that the stream names all the time: they tell no event, but tell two apart. */
  readonly spots: ReadonlyMap<number, number>;
  /** Places in `ids` of the heaviest few, heaviest first. */
  readonly order: readonly number[];
}

/** Weightiest entries by which a heap is looked up. */
const LOOKED_UP = 12;
/** A pair of signs weighs less than a word: most words are two of them. */
const GRAM = 0.5;

export function vectorOf(terms: Terms, frequency: DocumentFrequency): Vector {
  const telling = terms.spots.filter((_, at) => frequency.isTelling(terms.spotsHere[at]!));
  const ids = terms.ids.concat(telling, terms.grams, terms.places);
  const grams = terms.ids.length + telling.length;
  const places = grams + terms.grams.length;
  const values: number[] = [];
  let sum = 0;
  for (let at = 0; at < ids.length; at++) {
    const idf = frequency.idf(ids[at]!);
    const value = at >= grams && at < places ? idf * GRAM : idf;
    values.push(value);
    sum += value * value;
  }
  const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
  const order: number[] = [];
  for (let at = 0; at < values.length; at++) {
    const value = (values[at]! *= scale);
    let to = order.length;
    if (to === LOOKED_UP) {
      if (value <= values[order[to - 1]!]!) continue;
      to--;
    }
    // What is lighter makes room, the lightest falls off the end.
    for (; to > 0 && values[order[to - 1]!]! < value; to--) order[to] = order[to - 1]!;
    order[to] = at;
  }
  const said = terms.spots.length === 0 ? NO_SPOTS : new Map(terms.spots.map((spot) => [spot, 1]));
  return { ids, values, wordCount: terms.ids.length, spots: said, order };
}
