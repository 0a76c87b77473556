import type { IncidentId } from './incident.ts';
import type { RegionCode } from './region.ts';
import type { Suggestion } from './suggestion.ts';
import type { Tier } from './tier.ts';

/** 预警: one row of the outbox. `seq` only grows, so a screen that says the last one it has is given the rest. */
export interface Alert {
  readonly seq: number;
  /** Event time, epoch ms. */
  readonly at: number;
  readonly incident: IncidentId;
  readonly region: RegionCode | null;
  readonly rung: Tier;
  readonly title: string;
  readonly suggestion: Suggestion;
}
