/**
 * Two exponentially decayed counts for every (region × term), in event time and fixed memory: what came lately, and what is
 * usual. The form is SigniTrend's (Schubert et al., KDD 2014) with the regions of the administrative hierarchy as SPOTHOT
 * has them; cells are hashed, two a key, and the smaller answer is taken, so an error can only hide a burst behind another
 * one in both cells at once (with 2^18 cells and 20,000 live keys: about 0.5 % of keys).
 */
export class RateTable {
  readonly #mask: number;
  readonly #lately: Float32Array;
  readonly #usual: Float32Array;
  readonly #at: Float64Array;
  readonly #latelyMs: number;
  readonly #usualMs: number;

  /** @param bits log2 of the number of cells; 16 bytes each. Half-lives in ms. */
  constructor(bits = 18, latelyHalfLife = 3_600_000, usualHalfLife = 3 * 86_400_000) {
    const cells = 1 << bits;
    this.#mask = cells - 1;
    this.#lately = new Float32Array(cells);
    this.#usual = new Float32Array(cells);
    this.#at = new Float64Array(cells);
    this.#latelyMs = latelyHalfLife / Math.LN2;
    this.#usualMs = usualHalfLife / Math.LN2;
  }

  /** Counts one occurrence at `time` (epoch ms). A late post counts by its own age. */
  add(region: number, term: number, time: number): void {
    this.#addTo(cellA(region, term) & this.#mask, time);
    this.#addTo(cellB(region, term) & this.#mask, time);
  }

  /**
   * How far the recent count stands above what is usual, in standard deviations of a Poisson count:
   * (n − λ) / √(λ + bias). n: decayed count of late; λ: the usual rate times the same window. `since` (epoch ms) is when this
   * stream began: a usual rate is only trusted as far as the stream has lasted.
   */
  significance(region: number, term: number, time: number, since: number, bias = 1): number {
    const a = this.#read(cellA(region, term) & this.#mask, time);
    const b = this.#read(cellB(region, term) & this.#mask, time);
    const n = Math.min(a.lately, b.lately);
    const usual = Math.min(a.usual, b.usual);
    // The usual count holds the recent one too; what is usual is what came apart from it.
    const before = Math.max(0, usual - n);
    const known = this.#usualMs * (1 - Math.exp(-Math.max(0, time - since - this.#latelyMs) / this.#usualMs));
    const expected = known > 0 ? (before * this.#latelyMs) / Math.max(known, this.#latelyMs) : 0;
    return (n - expected) / Math.sqrt(expected + bias);
  }

  /** The usual number in an hour. */
  usualPerHour(region: number, term: number, time: number, since: number): number {
    const cell = this.#read(cellA(region, term) & this.#mask, time);
    const known = this.#usualMs * (1 - Math.exp(-Math.max(0, time - since) / this.#usualMs));
    return known > 0 ? (cell.usual / known) * 3_600_000 : 0;
  }

  save(): RateTableState {
    return { lately: this.#lately, usual: this.#usual, at: this.#at };
  }

  load(state: RateTableState): void {
    this.#lately.set(state.lately);
    this.#usual.set(state.usual);
    this.#at.set(state.at);
  }

  #addTo(cell: number, time: number): void {
    const last = this.#at[cell]!;
    const gap = time - last;
    if (gap >= 0) {
      this.#lately[cell] = this.#lately[cell]! * Math.exp(-gap / this.#latelyMs) + 1;
      this.#usual[cell] = this.#usual[cell]! * Math.exp(-gap / this.#usualMs) + 1;
      this.#at[cell] = time;
    } else {
      this.#lately[cell] = this.#lately[cell]! + Math.exp(gap / this.#latelyMs);
      this.#usual[cell] = this.#usual[cell]! + Math.exp(gap / this.#usualMs);
    }
  }

  #read(cell: number, time: number): { lately: number; usual: number } {
    const gap = Math.max(0, time - this.#at[cell]!);
    return {
      lately: this.#lately[cell]! * Math.exp(-gap / this.#latelyMs),
      usual: this.#usual[cell]! * Math.exp(-gap / this.#usualMs),
    };
  }
}

export interface RateTableState {
  readonly lately: Float32Array;
  readonly usual: Float32Array;
  readonly at: Float64Array;
}

const mix = (value: number): number => {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
};
const cellA = (region: number, term: number): number => mix(Math.imul(region, 0x9e3779b1) ^ term);
const cellB = (region: number, term: number): number => mix(Math.imul(term, 0x27d4eb2f) ^ region ^ 0x165667b1);
