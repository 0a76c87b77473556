import type { ChannelKind } from '../domain/notify-channel.ts';

/** So many messages in a window of so many ms. */
interface Pace {
  readonly ms: number;
  readonly most: number;
}

/** reliability.md §4 for the robots; what is courteous for the others. */
const PACES: Readonly<Record<ChannelKind, readonly Pace[]>> = {
  dingtalk: [{ ms: 60_000, most: 20 }],
  wecom: [{ ms: 60_000, most: 20 }],
  feishu: [
    { ms: 1_000, most: 5 },
    { ms: 60_000, most: 100 },
  ],
  email: [{ ms: 60_000, most: 60 }],
  webhook: [{ ms: 1_000, most: 50 }],
};
/** Of the room in a window this share is kept for a life at risk. */
const KEPT = 0.2;
/** The longest window: attempts older than this do not matter. */
export const PACE_LOOKS_BACK = 60_000;

export interface Room {
  /** Messages that may leave now. */
  readonly now: number;
  /** The same where a life is at risk. */
  readonly urgent: number;
}

/**
 * The room a channel has: in no window that ends now more than its most. A whole window is counted, not a bucket that refills, because
 * a bucket lets twice as much through in the minute around its filling, and 钉钉 then shuts a robot for ten minutes.
 * @param attempts when messages left, whatever became of them; epoch ms. Those ahead of `now` (the clock was set back) count too.
 */
export function roomOn(kind: ChannelKind, attempts: readonly number[], now: number): Room {
  let room = Infinity;
  let urgent = Infinity;
  for (const { ms, most } of PACES[kind]) {
    const left = Math.max(0, most - attempts.filter((at) => at > now - ms).length);
    urgent = Math.min(urgent, left);
    room = Math.min(room, Math.max(0, left - Math.floor(most * KEPT)));
  }
  return { now: room, urgent };
}
