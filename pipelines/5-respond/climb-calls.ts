import type { CallEvent, DutyMember, PagingRules } from '../domain/duty-roster.ts';
import { quietUntil } from '../domain/quiet-hours.ts';

/** How often the last one is called again where nobody takes over. */
const LAST_AGAIN = 3;

/** Calling out for one incident, as the fold of what happened. Epoch ms. */
export interface CallState {
  readonly began: number;
  readonly urgent: boolean;
  readonly title: string;
  /** calling 呼叫中 · deferred 等天亮 · taken 已接手 · closed 已了结 · unanswered 无人接手. */
  readonly state: 'calling' | 'deferred' | 'taken' | 'closed' | 'unanswered';
  /** The step that comes next. */
  readonly step: number;
  /** When it is due; null once nothing is. */
  readonly dueAt: number | null;
  readonly takenBy?: string;
}

/** @param events of one incident, oldest first; undefined where calling never began */
export function foldCalls(events: readonly CallEvent[], rules: PagingRules): CallState | undefined {
  let state: CallState | undefined;
  for (const event of events) {
    if (event.act === 'began') {
      const { urgent, title, at } = event;
      state = { began: at, urgent, title, state: 'calling', step: 0, dueAt: at };
      continue;
    }
    if (state === undefined) continue;
    switch (event.act) {
      case 'deferred':
        state = { ...state, state: 'deferred', dueAt: event.until };
        break;
      case 'called':
        state = { ...state, state: 'calling', step: event.step + 1, dueAt: event.at + rules.waitMinutes * 60_000 };
        break;
      case 'nobody':
        state = { ...state, state: 'unanswered', step: event.step, dueAt: null };
        break;
      case 'taken':
        state = { ...state, state: 'taken', dueAt: null, takenBy: event.by };
        break;
      case 'closed':
        state = { ...state, state: 'closed', dueAt: null };
        break;
      case 'missed':
        break;
    }
  }
  return state;
}

export type NextCall =
  | { readonly act: 'call'; readonly member: DutyMember }
  | { readonly act: 'defer'; readonly until: number }
  /** Nobody is left to call. */
  | { readonly act: 'nobody' };

/** Who is called at a step. At night what can wait waits; past the end of the chain its last one is called again a few times. */
export function callAt(
  { step, urgent }: Pick<CallState, 'step' | 'urgent'>,
  chain: readonly DutyMember[],
  rules: PagingRules,
  now: number,
): NextCall {
  const until = urgent ? null : quietUntil(rules.night, now);
  if (until !== null) return { act: 'defer', until };
  const member = chain[Math.min(step, chain.length - 1)];
  if (member === undefined || step >= chain.length + LAST_AGAIN) return { act: 'nobody' };
  return { act: 'call', member };
}
