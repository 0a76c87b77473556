import type { IncidentId } from './incident.ts';
import type { RegionCode } from './region.ts';

/** What is muted: one incident, or whatever happens in a region and says one of some words (none: whatever it says). */
export type MuteAim =
  { readonly incident: IncidentId } | { readonly region: RegionCode; readonly words: readonly string[] };

/** 静音: nobody is told, for a stated reason, until a stated end. What it kept back stays listed. */
export interface Mute {
  readonly id: number;
  readonly aim: MuteAim;
  readonly reason: string;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
  readonly until: number;
  /** Ended before its time. */
  readonly ended: { readonly at: number; readonly by: string } | null;
}

export const isMuteOn = (mute: Mute, now: number): boolean => mute.ended === null && mute.at <= now && now < mute.until;
