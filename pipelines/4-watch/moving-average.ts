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
  /** A cell stands in one place, so that a count is one look into memory: its time (8 bytes), three counts (4 each), 4 to spare. */
  readonly #counts: Float32Array;
  readonly #at: Float64Array;
  readonly #latelyMs: number;
  readonly #halfDayMs: number;
  readonly #usualMs: number;

  /** @param bits log2 of the number of cells; 24 bytes each. Half-lives in ms. */
  constructor(bits = 18, latelyHalfLife = 3_600_000, usualHalfLife = 3 * 86_400_000) {
    const cells = 1 << bits;
    this.#mask = cells - 1;
    const bytes = new ArrayBuffer(cells * 24);
    this.#counts = new Float32Array(bytes);
    this.#at = new Float64Array(bytes);
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
    return { cells: new Uint8Array(this.#at.buffer) };
  }

  load(state: RateTableState): void {
    new Uint8Array(this.#at.buffer).set(state.cells);
  }

  #addTo(cell: number, time: number): void {
    const [at, counts, from] = [this.#at, this.#counts, cell * 6 + 2];
    const gap = time - at[cell * 3]!;
    if (gap >= 0) {
      counts[from] = counts[from]! * Math.exp(-gap / this.#latelyMs) + 1;
      counts[from + 1] = counts[from + 1]! * Math.exp(-gap / this.#halfDayMs) + 1;
      counts[from + 2] = counts[from + 2]! * Math.exp(-gap / this.#usualMs) + 1;
      at[cell * 3] = time;
    } else {
      counts[from] = counts[from]! + Math.exp(gap / this.#latelyMs);
      counts[from + 1] = counts[from + 1]! + Math.exp(gap / this.#halfDayMs);
      counts[from + 2] = counts[from + 2]! + Math.exp(gap / this.#usualMs);
    }
  }

  #read(cell: number, time: number): { lately: number; halfDay: number; usual: number } {
    const gap = Math.max(0, time - this.#at[cell * 3]!);
    const from = cell * 6 + 2;
    return {
      lately: this.#counts[from]! * Math.exp(-gap / this.#latelyMs),
      halfDay: this.#counts[from + 1]! * Math.exp(-gap / this.#halfDayMs),
      usual: this.#counts[from + 2]! * Math.exp(-gap / this.#usualMs),
    };
  }
}

export interface RateTableState {
  /** As they stand in memory. */
  readonly cells: Uint8Array;
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
