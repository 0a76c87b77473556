import type { Duty } from '../domain/duty.ts';
import type { IncidentDocument } from '../domain/incident-document.ts';
import type { IncidentId, IncidentKind } from '../domain/incident.ts';
import type { Ranked } from '../domain/precedent.ts';
import { pathOf, regionAt, tierOfRegion, type RegionCode } from '../domain/region.ts';
import { TIER_NAMES, tierRank, type Tier } from '../domain/tier.ts';

/** The incident that precedents are looked for. */
export interface Precedented {
  /** Where it has one: it is never its own precedent. */
  readonly id?: IncidentId;
  readonly from?: IncidentId;
  /** Search words of its title and its terms. */
  readonly words: readonly string[];
  readonly kind: IncidentKind;
  readonly duty: readonly Duty[];
  readonly region: RegionCode | null;
  readonly rung: Tier;
  /** Epoch ms. */
  readonly openedAt: number;
}

/** Below it two incidents have nothing to teach one another. */
const LEAST = 0.3;
const DAY = 86_400_000;
const WEIGHTS = { words: 0.5, kind: 0.15, duty: 0.1, place: 0.15, rung: 0.1 } as const;

/** The widest region in which an incident is a precedent: the city it is in, or its province where it is in no city. */
export const precedentRegion = (region: RegionCode | null): RegionCode | null =>
  region === null ? null : (regionAt(region, 'city') ?? region);

/**
 * Past incidents like this one, the likest first. Pure over the candidates, so that every store gives the same order. A word counts
 * by its rarity among the candidates. Age does not count, only between equals, where the newer comes first; it is stated. What was
 * merged into another, or was a part of this one, is none.
 */
export function rankPrecedents(own: Precedented, candidates: readonly IncidentDocument[], limit: number): Ranked[] {
  const others = candidates.filter((other) => isAnother(own, other) && other.openedAt < own.openedAt);
  const rarity = rarityIn(others);
  return others
    .map((other) => compare(own, other, rarity))
    .filter(({ score, parts }) => score >= LEAST && (parts.words > 0 || (parts.kind > 0 && parts.duty > 0)))
    .sort(
      (a, b) =>
        b.score - a.score || b.incident.openedAt - a.incident.openedAt || (a.incident.id < b.incident.id ? -1 : 1),
    )
    .slice(0, limit);
}

const isAnother = (own: Precedented, other: IncidentDocument): boolean =>
  other.state !== 'merged' &&
  other.id !== own.id &&
  other.id !== own.from &&
  (own.id === undefined || (other.into !== own.id && other.from !== own.id));

function rarityIn(candidates: readonly IncidentDocument[]): (word: string) => number {
  const holding = new Map<string, number>();
  for (const { words } of candidates)
    for (const word of words.split(' ')) holding.set(word, (holding.get(word) ?? 0) + 1);
  // A word that none of them holds is no rarer than one that a single incident holds.
  return (word) => Math.log(1 + (candidates.length + 1) / (Math.max(1, holding.get(word) ?? 0) + 1));
}

function compare(own: Precedented, other: IncidentDocument, rarity: (word: string) => number): Ranked {
  const theirs = new Set(other.words.split(' '));
  const mine = [...new Set(own.words)];
  const sharedWords = mine.filter((word) => theirs.has(word));
  const weigh = (words: readonly string[]): number => words.reduce((sum, word) => sum + rarity(word), 0);
  const parts = {
    words: mine.length === 0 ? 0 : weigh(sharedWords) / weigh(mine),
    kind: own.kind === other.kind ? 1 : 0,
    duty: shareOf(own.duty, other.duty),
    place: nearnessOf(own.region, other.region),
    rung: 1 - Math.abs(tierRank(own.rung) - tierRank(other.rung)) / 5,
  };
  const sum = (Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[]).reduce(
    (all, name) => all + WEIGHTS[name] * parts[name],
    0,
  );
  const score = Math.round(sum * 1_000) / 1_000;
  return { incident: other, score, parts, sharedWords, because: becauseOf(own, other, sharedWords, parts.duty > 0) };
}

function shareOf(mine: readonly string[], theirs: readonly string[]): number {
  if (mine.length === 0) return 0;
  return mine.filter((one) => theirs.includes(one)).length / mine.length;
}

/** By the deepest division that holds both: street 1, county .75, city .5, province .25. */
function nearnessOf(a: RegionCode | null, b: RegionCode | null): number {
  const common = commonRegion(a, b);
  if (common === undefined) return 0;
  const tier = tierOfRegion(common);
  return { village: 1, town: 1, county: 0.75, city: 0.5, province: 0.25, nation: 0 }[tier];
}

function commonRegion(a: RegionCode | null, b: RegionCode | null): RegionCode | undefined {
  if (a === null || b === null) return undefined;
  const above = pathOf(b);
  return pathOf(a).find((code) => above.includes(code));
}

function becauseOf(own: Precedented, other: IncidentDocument, words: readonly string[], sameDuty: boolean): string[] {
  const because: string[] = [];
  if (words.length > 0) because.push(`同有“${words.slice(0, 6).join('”“')}”`);
  if (own.kind === other.kind) because.push(`同为${own.kind}`);
  if (sameDuty) because.push(`同属${own.duty.filter((one) => other.duty.includes(one)).join('、')}`);
  const common = commonRegion(own.region, other.region);
  if (common !== undefined) because.push(`同一${TIER_NAMES[tierOfRegion(common)]}`);
  because.push(own.rung === other.rung ? `同到${TIER_NAMES[own.rung]}级` : `扩散到${TIER_NAMES[other.rung]}级`);
  const days = Math.floor((own.openedAt - other.openedAt) / DAY);
  because.push(days === 0 ? '不到一天前' : `${days}天前`);
  return because;
}
