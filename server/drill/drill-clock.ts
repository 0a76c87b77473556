import type { Clock } from '../../pipelines/ports/clock.ts';

export interface DrillSpan {
  /** Event time the drill begins at, epoch ms. */
  readonly from: number;
  /** Event seconds a real second; above 0. */
  readonly speed: number;
  /** Event time from which the clock runs as fast as everybody's, epoch ms. */
  readonly until: number;
}

/**
 * A clock that shows `from` when it is made, runs `speed` times as fast as `real` until it shows `until`, and at the
 * usual rate from there on, so that a screen left standing after a drill keeps a clock that moves. It never goes back
 * as long as `real` does not.
 *
 * @throws RangeError where the speed is not above 0 or the span runs backwards.
 */
export function drillClock(real: Clock, { from, speed, until }: DrillSpan): Clock {
  if (!(speed > 0 && Number.isFinite(speed))) throw new RangeError(`the drill's speed must be above 0, not ${speed}`);
  if (!(until >= from)) throw new RangeError(`the drill ends (${until}) before it begins (${from})`);
  const started = real.now();
  const fastFor = (until - from) / speed;
  return {
    now: () => {
      const passed = real.now() - started;
      return passed < fastFor ? Math.floor(from + passed * speed) : Math.floor(until + (passed - fastFor));
    },
  };
}
