import type { AlertRow, IncidentRow } from '../../../server/contract/http.ts';
import { TIER_NAMES } from '../../../pipelines/domain/tier.ts';
import { zh } from '../ui/zh.ts';
import { leadWords } from './lead.ts';

export interface Tick {
  readonly key: string;
  readonly at: number;
  readonly incident: string;
  readonly text: string;
}

const KEPT = 12;

/** The latest alerts and rises as sentences, newest first. */
export function latestTicks(
  alerts: readonly AlertRow[],
  rows: readonly IncidentRow[],
  place: (path: string) => string,
  account: (name: string) => string,
): readonly Tick[] {
  const told = alerts.slice(0, KEPT).map((row): Tick => ({
    key: `alert ${row.seq}`,
    at: Date.parse(row.at),
    incident: row.incident,
    text: zh.tickAlert(row.title, ...leadWords(row.suggestion, account)),
  }));
  const steps = rows.flatMap((row) =>
    row.steps.map((step): Tick => ({
      key: `step ${row.id} ${step.to}`,
      at: Date.parse(step.at),
      incident: row.id,
      text:
        step.from === null
          ? zh.tickOpened(row.title, place(row.regionName))
          : zh.tickRose(row.title, TIER_NAMES[step.from], TIER_NAMES[step.to]),
    })),
  );
  return [...told, ...steps].sort((a, b) => b.at - a.at || (a.key < b.key ? -1 : 1)).slice(0, KEPT);
}
