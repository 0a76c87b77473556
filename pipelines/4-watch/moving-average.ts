import { mix } from './terms.ts';

const HALF_DAY = 6 * 3_600_000;

/**
 * Three exponentially decayed counts for every (region × term), in event time and fixed memory: what came lately, what came in the
 * last half day, and what is usual. The form is SigniTrend's (Schubert et al., KDD 2014) with the regions of the administrative hierarchy as SPOTHOT
 * has them; cells are hashed, two a key, and the smaller answer is taken, so an error can only hide a burst behind another
 * one in both cells at once (with 2^18 cells and 20,000 live keys: about 0.5 % of keys).
 */
export class RateTable {
  readonly #mask: number;
  readonly #lately: Float32Array;
  readonly #halfDay: Float32Array;
  readonly #usual: Float32Array;
  readonly #at: Float64Array;
  readonly #latelyMs: number;
  readonly #halfDayMs: number;
  readonly #usualMs: number;

  /** @param bits log2 of the number of cells; 20 bytes each. Half-lives in ms. */
  constructor(bits = 18, latelyHalfLife = 3_600_000, usualHalfLife = 3 * 86_400_000) {
    const cells = 1 << bits;
    this.#mask = cells - 1;
    this.#lately = new Float32Array(cells);
    this.#halfDay = new Float32Array(cells);
    this.#usual = new Float32Array(cells);
    this.#at = new Float64Array(cells);
    this.#latelyMs = latelyHalfLife / Math.LN2;
    this.#halfDayMs = Math.max(HALF_DAY, latelyHalfLife) / Math.LN2;
    this.#usualMs = usualHalfLife / Math.LN2;
  }

  /** Counts one occurrence at `time` (epoch ms). A late post counts by its own age. */
  add(region: number, term: number, time: number): void {
    this.#addTo(cellA(region, term) & this.#mask, time);
    this.#addTo(cellB(region, term) & this.#mask, time);
  }

  /**
   * How far the recent count stands above what is usual, in standard deviations: of the last hours or of the last half day,
   * whichever stands out more (few people in a village need half a day to say it thrice). `since` (epoch ms) is when this stream
   * began: a usual rate is only trusted as far as the stream has lasted. `factor`: how busy this hour of the week usually is.
   */
  significance(region: number, term: number, time: number, since: number, factor = 1): number {
    const a = this.#read(cellA(region, term) & this.#mask, time);
    const b = this.#read(cellB(region, term) & this.#mask, time);
    const usual = Math.min(a.usual, b.usual);
    const over = (n: number, windowMs: number): number => {
      // The usual count holds the recent one too; what is usual is what came apart from it.
      const before = Math.max(0, usual - n);
      const known = this.#usualMs * (1 - Math.exp(-Math.max(0, time - since - windowMs) / this.#usualMs));
      const expected = known > 0 ? (before * windowMs) / Math.max(known, windowMs) : 0;
      return deviations(n, expected * factor);
    };
    return Math.max(
      over(Math.min(a.lately, b.lately), this.#latelyMs),
      over(Math.min(a.halfDay, b.halfDay), this.#halfDayMs),
    );
  }

  /** The usual number in an hour. */
  usualPerHour(region: number, term: number, time: number, since: number): number {
    const cell = this.#read(cellA(region, term) & this.#mask, time);
    const known = this.#usualMs * (1 - Math.exp(-Math.max(0, time - since) / this.#usualMs));
    return known > 0 ? (cell.usual / known) * 3_600_000 : 0;
  }

  save(): RateTableState {
    return { lately: this.#lately, halfDay: this.#halfDay, usual: this.#usual, at: this.#at };
  }

  load(state: RateTableState): void {
    this.#lately.set(state.lately);
    this.#halfDay.set(state.halfDay);
    this.#usual.set(state.usual);
    this.#at.set(state.at);
  }

  #addTo(cell: number, time: number): void {
    const last = this.#at[cell]!;
    const gap = time - last;
    if (gap >= 0) {
      this.#lately[cell] = this.#lately[cell]! * Math.exp(-gap / this.#latelyMs) + 1;
      this.#halfDay[cell] = this.#halfDay[cell]! * Math.exp(-gap / this.#halfDayMs) + 1;
      this.#usual[cell] = this.#usual[cell]! * Math.exp(-gap / this.#usualMs) + 1;
      this.#at[cell] = time;
    } else {
      this.#lately[cell] = this.#lately[cell]! + Math.exp(gap / this.#latelyMs);
      this.#halfDay[cell] = this.#halfDay[cell]! + Math.exp(gap / this.#halfDayMs);
      this.#usual[cell] = this.#usual[cell]! + Math.exp(gap / this.#usualMs);
    }
  }

  #read(cell: number, time: number): { lately: number; halfDay: number; usual: number } {
    const gap = Math.max(0, time - this.#at[cell]!);
    return {
      lately: this.#lately[cell]! * Math.exp(-gap / this.#latelyMs),
      halfDay: this.#halfDay[cell]! * Math.exp(-gap / this.#halfDayMs),
      usual: this.#usual[cell]! * Math.exp(-gap / this.#usualMs),
    };
  }
}

export interface RateTableState {
  readonly lately: Float32Array;
  readonly halfDay: Float32Array;
  readonly usual: Float32Array;
  readonly at: Float64Array;
}

/** So many posts more than nothing make one standard deviation where nothing is usual. */
const BIAS = 1;

/** Below so many the Poisson tail is asked as well: its right side is longer than the bell's. */
const SMALL = 10;

/** How far a count stands above what is expected, in standard deviations; the more careful of two answers where counts are small. */
function deviations(n: number, expected: number): number {
  const bell = (n - expected) / Math.sqrt(expected + BIAS);
  return n >= SMALL || bell <= 0 ? bell : Math.min(bell, deviationsOfTail(n, expected + DOUBT));
}

/** What is usual is itself only estimated. */
const DOUBT = 0.1;

/** The z of P(X ≥ n) for a Poisson count; a decayed count between two whole ones stands between them. */
function deviationsOfTail(n: number, expected: number): number {
  const whole = Math.floor(n);
  const [low, high] = [zOfTail(whole, expected), zOfTail(whole + 1, expected)];
  return low + (high - low) * (n - whole);
}

function zOfTail(n: number, expected: number): number {
  let [term, below] = [Math.exp(-expected), 0];
  for (let k = 0; k < n; k++) {
    below += term;
    term *= expected / (k + 1);
  }
  const tail = Math.min(0.5, Math.max(1e-12, 1 - below));
  // Abramowitz and Stegun 26.2.23, error below 4.5e-4.
  const t = Math.sqrt(-2 * Math.log(tail));
  return t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3);
}

const cellA = (region: number, term: number): number => mix(Math.imul(region, 0x9e3779b1) ^ term);
const cellB = (region: number, term: number): number => mix(Math.imul(term, 0x27d4eb2f) ^ region ^ 0x165667b1);
