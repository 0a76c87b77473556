import { isOpen } from '../pipelines/5-respond/fold-handoffs.ts';
import type { CaseDesk } from './case-desk.ts';

/** A machine's clock that is corrected by less is no reason to write into files. */
const SLACK_MS = 60_000;

/**
 * The clock was set back: turns and minutes of hand-offs that were said to begin in what is now the future begin now. Kept in their files, since the next tier's
 * time hangs on it; without it a clock that once stood a year ahead would stop every escalation for a year.
 */
export function heedSetBack(cases: CaseDesk, now: number): void {
  const ahead = [...cases.states()].filter((state) => {
    if (state.status === 'closed') return false;
    const late = state.overdue.at(-1);
    const turn = late !== undefined && late.seq > state.round.seq && late.from > now + SLACK_MS;
    return turn || state.handoffs.some((each) => isOpen(each) && (each.asked?.from ?? 0) > now + SLACK_MS);
  });
  if (ahead.length === 0) return;
  cases.appendAll(
    ahead.map((state) => ({
      state,
      drafts: [
        {
          act: 'commented',
          comment: '机器时钟曾被拨快，现已拨回：接管以后的时限、交办要求的回传时限从此刻算起',
          at: now,
          by: { kind: 'rule', rule: '时钟拨回' },
        },
      ],
    })),
  );
}
