import type { Clock } from '../../pipelines/ports/clock.ts';

/** The machine's own time: the only place that reads it. */
export const systemClock: Clock = { now: () => Date.now() };
