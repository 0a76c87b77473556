import type { CaseEvent } from '../../pipelines/domain/case-event.ts';
import type { IncidentId } from '../../pipelines/domain/incident.ts';
import type { CaseBook } from '../../pipelines/ports/case-book.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import { latestDue, type CaseTimer } from '../../pipelines/ports/timer-book.ts';

export interface AuditParts {
  readonly book: Pick<CaseBook, 'after'>;
  readonly clock: Clock;
  /** What should still fire in a file, worked out from its events alone. */
  readonly pending: (events: readonly CaseEvent[]) => readonly CaseTimer[];
  /** Told once for each timer that should have fired and did not. */
  readonly onMissed: (missed: CaseTimer) => void;
  readonly log: { warn(message: string): void };
}

const EVERY_MS = 20_000;
/** A timer that is this late is missed: the bar for firing is 5 s. */
const GRACE_MS = 10_000;
const PAGE = 2_000;
const AT_ONCE = 500;

/**
 * Another way to the same end: reads the files again from the book, with nothing of the timers' own shelf or memory, works out what
 * should have fired, and says so where it has not. Looks every 20 s with 10 s of grace, so a missed timer is found within 30 s.
 */
export class TimerAudit {
  readonly #parts: AuditParts;
  readonly #files = new Map<IncidentId, CaseEvent[]>();
  readonly #told = new Set<string>();
  #n = 0;
  #tick: NodeJS.Timeout | undefined;
  #running: Promise<unknown> = Promise.resolve();

  constructor(parts: AuditParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#tick = setInterval(() => {
      this.#running = this.#running.then(() => this.look());
    }, EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#tick);
    await this.#running;
  }

  /** One round; answers what was found missed now. Lets others work between parts of it. */
  async look(): Promise<readonly CaseTimer[]> {
    try {
      this.#readOn();
      const now = this.#parts.clock.now();
      const found: CaseTimer[] = [];
      let seen = 0;
      for (const [id, events] of this.#files) {
        const pending = this.#parts.pending(events);
        // Nothing will fire in it any more until something is added, and then it is read again whole.
        if (pending.length === 0) continue;
        for (const missed of latestDue(pending, now - GRACE_MS)) {
          const key = `${id} ${missed.handoff} ${missed.kind} ${missed.at}`;
          if (this.#told.has(key)) continue;
          this.#told.add(key);
          found.push(missed);
        }
        if (++seen % AT_ONCE === 0) await new Promise<void>((resolve) => setImmediate(resolve));
      }
      for (const missed of found) {
        const late = Math.round((now - missed.at) / 1000);
        this.#parts.log.warn(`a timer was missed: ${missed.kind} of ${missed.incident}, ${late} s ago`);
        this.#parts.onMissed(missed);
      }
      return found;
    } catch (error) {
      this.#parts.log.warn(
        `the timers could not be audited: ${error instanceof Error ? error.message : String(error)}`,
      );
      return [];
    }
  }

  #readOn(): void {
    for (;;) {
      const page = this.#parts.book.after(this.#n, PAGE);
      for (const { n, event } of page) {
        const file = this.#files.get(event.incident);
        if (file === undefined) this.#files.set(event.incident, [event]);
        else file.push(event);
        this.#n = n;
      }
      if (page.length < PAGE) return;
    }
  }
}
