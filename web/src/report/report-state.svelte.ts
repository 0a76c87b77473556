import type { ReportList, ReportVersionRow } from '../../../server/contract/report.ts';
import { api } from '../live/api.ts';

const EVERY = 15_000;
const STALE_AFTER = 40_000;

type Slot = 'summary' | 'answers' | 'claims' | 'ahead';

/** What the page 周报 knows, and what is being done on it. */
export class ReportState {
  list = $state.raw<ReportList | null>(null);
  failed = $state('');
  /** The version shown: its week and number. */
  shown = $state.raw<ReportVersionRow | null>(null);
  busy = $state<'' | 'make' | 'sign' | 'save'>('');
  said = $state('');
  readonly stale = $derived.by(() => this.list !== null && this.#local - this.#readAt > STALE_AFTER);
  /** The server's now at the last good reading, epoch ms. */
  readonly now = $derived.by(() => (this.list === null ? 0 : Date.parse(this.list.now)));
  #readAt = $state(0);
  #local = $state(performance.now());
  #week: string | undefined;
  /** What is asked for; undefined until somebody chooses: the widest there is. */
  #asked: string | undefined;
  /** The region shown, as addresses name it. */
  readonly region = $derived.by(() => this.list?.region ?? 'all');

  follow(): () => void {
    const reading = setInterval(() => void this.read(), EVERY);
    const ticking = setInterval(() => (this.#local = performance.now()), 1_000);
    void this.read();
    return () => {
      clearInterval(reading);
      clearInterval(ticking);
    };
  }

  async read(): Promise<void> {
    try {
      const list = await api.reports(this.#week, this.#asked);
      this.list = list;
      this.#readAt = this.#local = performance.now();
      this.failed = '';
      this.shown ??= list.versions[0] ?? null;
    } catch (cause) {
      this.failed = cause instanceof Error ? cause.message : String(cause);
    }
  }

  async show(version: ReportVersionRow): Promise<void> {
    this.shown = version;
    this.#week = version.week;
    await this.read();
  }

  /** Another region's reports. */
  async choose(region: string): Promise<void> {
    this.#asked = region;
    this.#week = undefined;
    this.shown = null;
    this.said = '';
    await this.read();
  }

  make = (week: string): Promise<void> =>
    this.#doing('make', async () => {
      const made = await api.makeReport(week, this.region);
      this.#week = made.week;
      this.shown = made;
    });

  sign = ({ week, version }: ReportVersionRow): Promise<void> =>
    this.#doing('sign', async () => {
      await api.signReport(week, this.region, version);
      this.shown = null;
    });

  comment = (week: string, slot: Slot, text: string): Promise<void> =>
    this.#doing('save', () => api.commentReport(week, this.region, { slot, text }));

  async #doing(what: 'make' | 'sign' | 'save', work: () => Promise<unknown>): Promise<void> {
    if (this.busy !== '') return;
    this.busy = what;
    this.said = '';
    try {
      await work();
      if (what === 'save') this.said = 'saved';
    } catch (cause) {
      this.said = cause instanceof Error ? cause.message : String(cause);
    } finally {
      this.busy = '';
    }
    await this.read();
  }
}
