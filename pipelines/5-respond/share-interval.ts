/** A share with its 95 % interval, 0…1. */
export interface Share {
  readonly of: number;
  readonly n: number;
  /** null where n is 0. */
  readonly share: number | null;
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 %. */
const Z = 1.959963984540054;

/** Wilson's score interval: honest at few posts and at shares near 0 and 1, where p ± z·se is not (Wilson 1927; Brown et al. 2001). */
export function shareOf(of: number, n: number): Share {
  if (n === 0) return { of, n, share: null, low: 0, high: 1 };
  const share = of / n;
  const z2 = (Z * Z) / n;
  const middle = (share + z2 / 2) / (1 + z2);
  const half = (Z / (1 + z2)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n));
  return {
    of,
    n,
    share,
    low: of === 0 ? 0 : Math.max(0, middle - half),
    high: of === n ? 1 : Math.min(1, middle + half),
  };
}

/** How far a share fell from `before` to `after`: Newcombe's hybrid score interval, method 10 (Newcombe 1998). */
export function fallBetween(
  before: Share,
  after: Share,
): { readonly fall: number; readonly low: number; readonly high: number } | null {
  if (before.share === null || after.share === null) return null;
  const fall = before.share - after.share;
  return {
    fall,
    low: fall - Math.hypot(before.share - before.low, after.high - after.share),
    high: fall + Math.hypot(before.high - before.share, after.share - after.low),
  };
}
