/** A share with its 95 % interval (Wilson) and what it rests on. */
export interface Measured {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

const Z = 1.96;

/** Wilson's interval for a share of n; with n = 0 nothing is known. */
export function shareOf(hits: number, n: number): Measured {
  if (n === 0) return { value: Number.NaN, low: 0, high: 1, n };
  const share = hits / n;
  const centre = (share + (Z * Z) / (2 * n)) / (1 + (Z * Z) / n);
  const half = (Z * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n))) / (1 + (Z * Z) / n);
  return { value: share, low: Math.max(0, centre - half), high: Math.min(1, centre + half), n };
}

/** One judged text: what was called for, how sure, and what a person found. */
export interface Rated {
  readonly score: number;
  readonly called: boolean;
  readonly truth: boolean;
}

const BINS = 10;
const ROUNDS = 300;

/** Expected calibration error over ten equal bins: how far scores lie from the shares that came true, weighed by rows. */
export function calibrationError(rows: readonly Pick<Rated, 'score' | 'truth'>[]): number {
  const bins = Array.from({ length: BINS }, () => ({ n: 0, score: 0, truth: 0 }));
  for (const { score, truth } of rows) {
    const bin = bins[Math.min(BINS - 1, Math.floor(score * BINS))];
    if (bin === undefined) continue;
    bin.n++;
    bin.score += score;
    if (truth) bin.truth++;
  }
  return bins.reduce((sum, { score, truth }) => sum + Math.abs(score - truth), 0) / Math.max(1, rows.length);
}

/** The same with its 95 % interval by drawing the rows again; a fixed seed, so the same rows give the same interval. */
export function measureCalibration(rows: readonly Rated[]): Measured {
  const next = seeded(20_261_125);
  const drawn = Array.from({ length: ROUNDS }, () =>
    calibrationError(rows.map(() => rows[Math.floor(next() * rows.length)] as Rated)),
  ).sort((a, b) => a - b);
  return {
    value: calibrationError(rows),
    low: drawn[Math.floor(ROUNDS * 0.025)] ?? 0,
    high: drawn[Math.ceil(ROUNDS * 0.975) - 1] ?? 1,
    n: rows.length,
  };
}

export interface Quality {
  readonly precision: Measured;
  readonly recall: Measured;
}

export function qualityOf(rows: readonly Pick<Rated, 'called' | 'truth'>[]): Quality {
  const called = rows.filter((row) => row.called);
  const right = called.filter((row) => row.truth).length;
  return {
    precision: shareOf(right, called.length),
    recall: shareOf(right, rows.filter((row) => row.truth).length),
  };
}

/** mulberry32, public domain: numbers in 0…1 that follow from the seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
