import type { SuggestionRow } from '../../../server/contract/http.ts';
import { MINUTE } from '../ui/time-words.ts';

export type LeftState = 'ok' | 'half' | 'soon' | 'over';

export interface TimeLeft {
  readonly state: LeftState;
  /** 1 at the start … 0 when due. */
  readonly share: number;
  /** ms to the due time; negative when it has passed. */
  readonly ms: number;
}

const HALF = 0.5;
const SOON = 0.2;

/** How long is left of a clock that ran `minutes` up to `due`. Half of it gone: half; four fifths gone: soon. */
export function timeLeft(clock: SuggestionRow['clock'], now: number): TimeLeft {
  const ms = Date.parse(clock.due) - now;
  const share = Math.min(1, Math.max(0, ms / Math.max(1, clock.minutes * MINUTE)));
  const state = ms <= 0 ? 'over' : share <= SOON ? 'soon' : share <= HALF ? 'half' : 'ok';
  return { state, share, ms };
}
