import type { IncidentRow } from '../../../server/contract/http.ts';
import { TIERS, tierRank, type Tier } from '../../../pipelines/domain/tier.ts';
import { HOUR } from '../ui/time-words.ts';

/** Lengths are px at 1920×1080; the drawing's viewBox is in the same unit. */
export interface Band {
  readonly tier: Tier;
  readonly top: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly shown: readonly IncidentRow[];
  /** Incidents of this rung for which there is no room. */
  readonly more: number;
}

/** The room for the six rungs. */
export const LADDER_HEIGHT = 528;
const ROW_LEAST = 66;
const ROW_MOST = 82;
const EMPTY_LEAST = 34;
const EMPTY_MOST = 62;

const PINNED_PAST_DUE = 2 * HOUR;
const HEAT_STEP = 12;
const warmth = (row: IncidentRow): number => Math.floor(row.heat / HEAT_STEP);

/** Life at risk first, then the wider spread, the hotter by whole steps, the newer: facts that seldom change, so that rows stay. */
export const byWeight = (a: IncidentRow, b: IncidentRow): number =>
  Number(b.lifeAtRisk) - Number(a.lifeAtRisk) ||
  tierRank(b.rung) - tierRank(a.rung) ||
  warmth(b) - warmth(a) ||
  Date.parse(b.openedAt) - Date.parse(a.openedAt) ||
  (a.id < b.id ? -1 : 1);

/**
 * How strongly an incident asks for one of the few rows: its heat, a little for its rung, and life at risk before all else
 * until two hours past its due time. After that it is one among others: what nobody closed must not hide what is new.
 */
function claimOf(row: IncidentRow, now: number): number {
  const due = row.suggestion === null ? now : Date.parse(row.suggestion.clock.due);
  const risk = row.lifeAtRisk ? (now < due + PINNED_PAST_DUE ? 200 : 20) : 0;
  return row.heat + 4 * tierRank(row.rung) + risk;
}

/** The six rungs from 全国 down to 村 filling `height` px: every rung keeps its place, every rung in use shows at least one row. */
export function layBands(open: readonly IncidentRow[], height: number, now: number): readonly Band[] {
  const tiers = [...TIERS].reverse();
  const ranked = [...open].sort((a, b) => claimOf(b, now) - claimOf(a, now) || byWeight(a, b));
  const shown = new Map<Tier, IncidentRow[]>(tiers.map((tier) => [tier, []]));
  const used = tiers.filter((tier) => ranked.some((row) => row.rung === tier));
  const empty = tiers.length - used.length;
  const room = Math.max(used.length, Math.floor((height - empty * EMPTY_LEAST) / ROW_LEAST));
  const taken = new Set<string>();
  const take = (row: IncidentRow | undefined): void => {
    if (row === undefined || taken.has(row.id) || taken.size >= room) return;
    taken.add(row.id);
    shown.get(row.rung)?.push(row);
  };
  for (const tier of used) take(ranked.find((row) => row.rung === tier));
  for (const row of ranked) take(row);
  for (const rows of shown.values()) rows.sort(byWeight);

  const rows = taken.size;
  const rowHeight = rows === 0 ? 0 : clamp((height - empty * EMPTY_LEAST) / rows, ROW_LEAST, ROW_MOST);
  const emptyHeight = empty === 0 ? 0 : clamp((height - rows * rowHeight) / empty, EMPTY_LEAST, EMPTY_MOST);
  let top = 0;
  return tiers.map((tier) => {
    const mine = shown.get(tier) ?? [];
    const tall = mine.length === 0 ? emptyHeight : mine.length * rowHeight;
    const band = {
      tier,
      top,
      height: tall,
      rowHeight,
      shown: mine,
      more: ranked.filter((row) => row.rung === tier).length - mine.length,
    };
    top += tall;
    return band;
  });
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
