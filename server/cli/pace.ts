import type { Clock } from '../../pipelines/ports/clock.ts';

const TICK_MS = 100;

export interface Timed {
  /** Event time, epoch ms. */
  readonly at: number;
  readonly value: unknown;
}

/**
 * Hands posts on when their time comes on a clock that itself runs `speed` times as fast as life; what is due within a tenth
 * of a real second goes together. `timed` must be in order.
 */
export async function pace(
  timed: readonly Timed[],
  speed: number,
  clock: Clock,
  accept: (values: readonly unknown[], from: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  while (next < timed.length) {
    const now = clock.now();
    const from = next;
    while (next < timed.length && timed[next]!.at <= now) next++;
    if (next > from)
      await accept(
        timed.slice(from, next).map(({ value }) => value),
        from,
      );
    if (next < timed.length) {
      const wait = Math.max(TICK_MS, Math.min(1000, (timed[next]!.at - clock.now()) / speed));
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}
