const FIRST = 100;
const LONGEST = 5 * 60_000;

/** How long to wait before the next try, ms: 0.1 s doubled with each attempt up to five minutes, any part of it (full jitter), and never before the receiver allows. */
export function backOff(attempts: number, random: number, afterMs = 0): number {
  const most = Math.min(LONGEST, FIRST * 2 ** Math.min(attempts, 20));
  return Math.max(afterMs, Math.round(FIRST / 2 + random * most));
}
