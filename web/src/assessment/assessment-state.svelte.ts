import type { AssessmentBody } from '../../../server/contract/assessment.ts';
import { read } from '../live/api.ts';

const EVERY = 30_000;
const STALE_AFTER = 75_000;

export const PERIODS = ['week', 'month', 'quarter'] as const;
export type Period = (typeof PERIODS)[number];
const DAYS: Readonly<Record<Period, number>> = { week: 7, month: 30, quarter: 90 };

/** What the page 考评 knows: read again now and then, kept while a reading fails. */
export class AssessmentState {
  body = $state.raw<AssessmentBody | null>(null);
  failed = $state('');
  period = $state<Period>('week');
  readonly stale = $derived.by(() => this.body !== null && this.#local - this.#readAt > STALE_AFTER);

  #local = $state(performance.now());
  #readAt = $state(0);

  /** Reads until the answer is called. */
  follow(): () => void {
    const reading = setInterval(() => void this.read(), EVERY);
    const ticking = setInterval(() => (this.#local = performance.now()), 1_000);
    void this.read();
    return () => {
      clearInterval(reading);
      clearInterval(ticking);
    };
  }

  async choose(period: Period): Promise<void> {
    this.period = period;
    await this.read();
  }

  async read(): Promise<void> {
    const { period } = this;
    try {
      const body = await read<AssessmentBody>(`assessment?days=${DAYS[period]}`);
      if (this.period !== period) return;
      this.body = body;
      this.#readAt = performance.now();
      this.#local = this.#readAt;
      this.failed = '';
    } catch (cause) {
      this.failed = cause instanceof Error ? cause.message : String(cause);
    }
  }
}
