import type { Terms } from './terms.ts';

const DF_BITS = 18;
const DF_MASK = (1 << DF_BITS) - 1;
const HALVE_AT = 500_000;
/** So many posts may name a road for it to be one event's own, however short the stream; in a long one this share of it. */
const FEW_MENTIONS = 8;
const COMMON_SHARE = 1 / 1_000;

/** How many posts each word came in, hashed into 2^18 floats, halved now and then so that it follows the times. */
export class DocumentFrequency {
  readonly #df = new Float32Array(1 << DF_BITS);
  #total = 0;

  add(terms: Terms): void {
    this.#total++;
    for (const id of terms.ids) this.#bump(id);
    for (const id of terms.grams) this.#bump(id);
    for (const id of terms.spots) this.#bump(id);
    for (let at = 0; at < terms.spots.length; at++)
      if (terms.spotsHere[at] !== terms.spots[at]) this.#bump(terms.spotsHere[at]!);
    for (const id of terms.places) this.#bump(id);
    if (this.#total >= HALVE_AT) {
      for (let at = 0; at < this.#df.length; at++) this.#df[at]! /= 2;
      this.#total /= 2;
    }
  }

  /** How many posts it came in, fewer for what came long ago. */
  mentions(id: number): number {
    return this.#df[id & DF_MASK]!;
  }

  /** Whether a road or an estate tells one event from others: not where the stream names it all the time. */
  isTelling(spot: number): boolean {
    return this.mentions(spot) <= Math.max(FEW_MENTIONS, this.#total * COMMON_SHARE);
  }

  /** ln((N + 20) / (df + 1)), 0 at least. Places of a city's own stream come near 0 by themselves. */
  idf(id: number): number {
    return Math.max(0, Math.log((this.#total + 20) / (this.#df[id & DF_MASK]! + 1)));
  }

  #bump(id: number): void {
    const cell = id & DF_MASK;
    this.#df[cell] = this.#df[cell]! + 1;
  }

  save(): DocumentFrequencyState {
    return { df: this.#df, total: this.#total };
  }

  load(state: DocumentFrequencyState): void {
    this.#df.set(state.df);
    this.#total = state.total;
  }
}

export interface DocumentFrequencyState {
  readonly df: Float32Array;
  readonly total: number;
}
