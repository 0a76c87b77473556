import { weekAt, weekBefore, type Week } from '../../pipelines/domain/week.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import type { ReportShelf } from '../../pipelines/ports/report-shelf.ts';

/** 每周一 8:00, Asia/Shanghai. */
const AFTER_MONDAY_MS = 8 * 3_600_000;
const LOOK_EVERY_MS = 60_000;

/** The week whose report of the whole deployment is due and not made: the last one, from Monday 8:00 on. A machine that was off makes it when it is back. */
export function reportDue(now: number, shelf: Pick<ReportShelf, 'get'>): Week | undefined {
  const week = weekBefore(weekAt(now), 1);
  return now >= week.to + AFTER_MONDAY_MS && shelf.get({ week: week.id, of: null }) === undefined ? week : undefined;
}

export interface WeeklyReportParts {
  readonly clock: Clock;
  readonly shelf: ReportShelf;
  readonly make: (week: string, by: string) => Promise<unknown>;
  /** False of a week from before there was anything to count: nobody needs a report of it. @throws StoreUnavailable */
  readonly hasData: (week: Week) => Promise<boolean>;
  /** False while what a report counts cannot be asked yet, as in the first moments of a server. */
  readonly ready: () => boolean;
  readonly log: { info(message: string): void; warn(message: string): void };
}

/** Looks every minute whether a report is due. A try that fails is said and made again. */
export class WeeklyReport {
  readonly #parts: WeeklyReportParts;
  #timer: NodeJS.Timeout | undefined;
  #making: Promise<void> = Promise.resolve();
  #busy = false;

  constructor(parts: WeeklyReportParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
    void this.look();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#making;
  }

  /** One look; what tests call. */
  async look(): Promise<void> {
    const { clock, shelf } = this.#parts;
    const week = reportDue(clock.now(), shelf);
    if (week === undefined || this.#busy || !this.#parts.ready()) return;
    this.#busy = true;
    this.#making = this.#make(week).finally(() => (this.#busy = false));
    await this.#making;
  }

  async #make(week: Week): Promise<void> {
    const { make, hasData, log } = this.#parts;
    try {
      if (!(await hasData(week))) return;
      await make(week.id, '日程');
      log.info(`the report of week ${week.id} is made and waits to be signed`);
    } catch (error) {
      log.warn(
        `the report of week ${week.id} could not be made, it is tried again: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}
