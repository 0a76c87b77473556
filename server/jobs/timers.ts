import type { Clock } from '../../pipelines/ports/clock.ts';
import type { TimerBook } from '../../pipelines/ports/timer-book.ts';

export interface TimersParts {
  readonly timers: Pick<TimerBook, 'next'>;
  readonly clock: Clock;
  /** Fires some of what is due; true where there may be more. */
  readonly fire: (now: number) => boolean;
  /** The clock says less than it did, or this is the start. */
  readonly onSetBack: (now: number) => void;
  readonly log: { warn(message: string): void };
}

/** Looks at the wall clock this often, so that a clock that was set forward or back, or a machine that slept, costs no more. */
const EVERY_MS = 500;

/**
 * Fires reminders and overdue clocks when their time has come, late ones at the start. What is due is asked of the shelf each time
 * and never counted down, so that it survives kill -9 and steps of the clock.
 */
export class Timers {
  readonly #parts: TimersParts;
  #tick: NodeJS.Timeout | undefined;
  #firing: NodeJS.Immediate | undefined;
  /** The latest time the clock has said. */
  #seen = Number.MAX_SAFE_INTEGER;

  constructor(parts: TimersParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#tick = setInterval(() => this.check(), EVERY_MS);
    this.check();
  }

  /** Fires everything that is due, some at a time, letting requests in between. */
  check(): void {
    if (this.#firing !== undefined) return;
    const { timers, clock, fire, onSetBack, log } = this.#parts;
    try {
      const now = clock.now();
      if (now < this.#seen) onSetBack(now);
      this.#seen = now;
      const next = timers.next();
      if (next === undefined || next > now || !fire(now)) return;
    } catch (error) {
      log.warn(`timers could not fire and are tried again: ${error instanceof Error ? error.message : String(error)}`);
      return;
    }
    this.#firing = setImmediate(() => {
      this.#firing = undefined;
      this.check();
    });
  }

  stop(): void {
    clearInterval(this.#tick);
    if (this.#firing !== undefined) clearImmediate(this.#firing);
    this.#firing = undefined;
  }
}
