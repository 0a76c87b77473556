import type { AuditPage, VerdictRow } from '../../../server/contract/people.ts';
import { read } from '../live/api.ts';

const PAGE = 100;

/** What the page 审计 knows: pages of the trail, newest first, and whether it is whole. */
export class AuditState {
  rows = $state.raw<AuditPage['rows']>([]);
  head = $state.raw<AuditPage['head'] | null>(null);
  failed = $state('');
  more = $state(false);
  busy = $state(false);
  verdict = $state.raw<VerdictRow | null>(null);
  refused = $state('');

  #who = '';
  #outcome = '';

  async look(who: string, outcome: string): Promise<void> {
    this.#who = who.trim();
    this.#outcome = outcome;
    await this.load();
  }

  /** The newest page, or the one after what is shown. */
  async load(older = false): Promise<void> {
    const before = older ? this.rows.at(-1)?.n : undefined;
    const asked = new URLSearchParams({ limit: String(PAGE) });
    if (before !== undefined) asked.set('before', String(before));
    if (this.#who !== '') asked.set('who', this.#who);
    if (this.#outcome !== '') asked.set('outcome', this.#outcome);
    try {
      const page = await read<AuditPage>(`audit?${asked.toString()}`);
      this.rows = older ? [...this.rows, ...page.rows] : page.rows;
      this.head = page.head;
      this.more = page.rows.length === PAGE;
      this.failed = '';
    } catch (cause) {
      this.failed = cause instanceof Error ? cause.message : String(cause);
    }
  }

  async verify(noted: string): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.refused = '';
    this.verdict = null;
    try {
      const head = noted.trim();
      this.verdict = await read<VerdictRow>(`audit/verdict${head === '' ? '' : `?head=${encodeURIComponent(head)}`}`);
    } catch (cause) {
      this.refused = cause instanceof Error ? cause.message : String(cause);
    } finally {
      this.busy = false;
    }
  }
}
