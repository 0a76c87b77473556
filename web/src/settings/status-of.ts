import { hhmm } from '../ui/time-words.ts';
import { common } from './words.ts';

interface Held {
  readonly page: { readonly now: string } | null;
  readonly failed: string;
  readonly stale: boolean;
}

/** How fresh a page is, in one sentence. */
export function statusOf({ page, failed, stale }: Held): string {
  if (page === null) return failed === '' ? common.loading : common.failed;
  const at = hhmm(Date.parse(page.now));
  return stale ? common.stale(at) : common.asOf(at);
}
