/** Hours of the night in which nobody is expected to act, unless a life is at risk. 0…23, Shanghai; may pass midnight. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

export const QUIET_HOURS: QuietHours = { from: 22, to: 7 };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SHANGHAI = 8 * HOUR;

/** ms between two moments that lie outside the quiet hours; 0 where they are the wrong way round. */
export function dutyTime(from: number, to: number, quiet: QuietHours = QUIET_HOURS): number {
  if (to <= from) return 0;
  return to - from - (quietUpTo(to, quiet) - quietUpTo(from, quiet));
}

/** Quiet ms since the epoch's first midnight in Shanghai. */
function quietUpTo(at: number, { from, to }: QuietHours): number {
  const local = at + SHANGHAI;
  const days = Math.floor(local / DAY);
  const ofDay = local - days * DAY;
  const within = (begin: number, end: number): number => Math.max(0, Math.min(ofDay, end * HOUR) - begin * HOUR);
  const parts: readonly (readonly [number, number])[] =
    from <= to
      ? [[from, to]]
      : [
          [0, to],
          [from, 24],
        ];
  const whole = parts.reduce((sum, [begin, end]) => sum + (end - begin) * HOUR, 0);
  return days * whole + parts.reduce((sum, [begin, end]) => sum + within(begin, end), 0);
}
