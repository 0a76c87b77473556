import { tierOfRegion, type RegionCode } from '../domain/region.ts';
import type { Tier } from '../domain/tier.ts';
import { isWithin, type Divisions } from './divisions.ts';
import { NAME, type PlaceName, type Reading } from './place-names.ts';
import type { Mention } from './read-mentions.ts';
import { isEvent, roleOf, WEIGHT } from './weigh-roles.ts';

/** What one mention says, after the others have been heard. */
export interface Vote {
  readonly mention: Mention;
  /** Readings with their shares of this mention; they add up to 1. */
  readonly readings: readonly { readonly node: number; readonly share: number }[];
  /** How much it counts; 0 for a name that another one right behind it makes precise. */
  readonly weight: number;
}

/** Each later mention counts a little less: what a post is about comes first. */
const FADING = 0.88;
/** The same name again adds only this part: a long text is not surer than a short one. */
const AGAIN = 0.3;
const SUPPORT = { behind: 30, above: 6, below: 3, beside: 0.8, hint: 5, home: 6 } as const;
/** A name with this share of one reading names that place. */
const SURE = 0.8;

export interface Leanings {
  /** The node a source's hint names, -1 for none. */
  readonly hint: number;
  /** The home region's node, -1 for none. */
  readonly home: number;
}

const tierAt = (divisions: Divisions, node: number): Tier => tierOfRegion(divisions.codes[node] as RegionCode);
const isCity = (divisions: Divisions, node: number): boolean => tierAt(divisions, node) === 'city';
const isProvince = (divisions: Divisions, node: number): boolean => tierAt(divisions, node) === 'province';

/** A gap that leaves two names one address: nothing, a blank, a dot or a topic sign. */
const JOINS = /^[\s·•・#,，]?$/u;

const isStreet = (mention: Mention): boolean =>
  mention.name.kind === NAME.street || mention.name.kind === NAME.streetShort;

/** Names that need another one to speak for them: streets, and words that are also places. 日照警方 speaks for itself. */
const needsParent = (divisions: Divisions, mention: Mention): boolean =>
  isStreet(mention) ||
  (mention.name.wordy &&
    mention.name.kind === NAME.short &&
    mention.after !== 'office' &&
    (mention.after !== 'event' || !mention.name.readings.some(({ node }) => isCity(divisions, node))));

const isParent = (divisions: Divisions, node: number, parent: number): boolean => divisions.parents[node] === parent;

interface FirmName {
  readonly name: PlaceName;
  readonly readings: readonly Reading[];
  readonly total: number;
  /** The share of its first reading. */
  readonly sure: number;
}

const MUNICIPALITIES = new Set(['110000', '120000', '310000', '500000']);

/**
 * A street's short name counts right behind its county; behind its city only where no other street is called so: 杭州千岛湖, but
 * not 重庆文化.
 */
function isStreetOf(divisions: Divisions, name: PlaceName, { node }: Reading, previous: Mention | undefined): boolean {
  const named = previous?.name.readings ?? [];
  if (named.some((outer) => isParent(divisions, node, outer.node))) return true;
  return (
    name.readings.length === 1 &&
    named.some(
      (outer) =>
        isWithin(divisions, node, outer.node) &&
        (isCity(divisions, outer.node) || MUNICIPALITIES.has(divisions.codes[outer.node] ?? '')),
    )
  );
}

/** The names in the text that can speak for others, each once. */
function firmNames(divisions: Divisions, mentions: readonly Mention[]): FirmName[] {
  const names = new Set<PlaceName>();
  for (const mention of mentions) {
    if (mention.name.kind === NAME.generic) continue;
    if (mention.name.readings.length > 0 && !needsParent(divisions, mention)) names.add(mention.name);
  }
  return [...names].map((name) => {
    const total = name.readings.reduce((sum, { prior }) => sum + prior, 0);
    return { name, readings: name.readings, total, sure: (name.readings[0]?.prior ?? 0) / total };
  });
}

/** How much a named node speaks for a reading: as its surrounding, as its part, or as a neighbour in the same city. */
function relationOf(divisions: Divisions, reading: number, named: number): number {
  if (isWithin(divisions, reading, named)) return SUPPORT.above;
  if (isWithin(divisions, named, reading)) return SUPPORT.below;
  const parent = divisions.parents[reading] ?? -1;
  return parent >= 0 && isCity(divisions, parent) && isWithin(divisions, named, parent) ? SUPPORT.beside : 0;
}

/** Weighs every reading of every mention by what the other mentions, the hint and the home region say. */
export function weighMentions(
  divisions: Divisions,
  text: string,
  mentions: readonly Mention[],
  leanings: Leanings,
): Vote[] {
  if (mentions.length === 0) return [];
  const firm = firmNames(divisions, mentions);
  const elsewhere =
    leanings.home >= 0 &&
    firm.some(
      ({ readings: [only], sure }) =>
        only !== undefined &&
        sure > SURE &&
        !isWithin(divisions, only.node, leanings.home) &&
        !isWithin(divisions, leanings.home, only.node),
    );
  const home = elsewhere ? -1 : leanings.home;
  const support = (name: PlaceName, reading: Reading): number => {
    let sum = 0;
    for (const other of firm) {
      if (other.name === name) continue;
      let most = 0;
      for (const { node, prior } of other.readings) {
        const relation = relationOf(divisions, reading.node, node);
        if (relation > 0) most = Math.max(most, (relation * prior) / other.total);
      }
      sum += most;
    }
    if (leanings.hint >= 0 && isWithin(divisions, reading.node, leanings.hint)) sum += SUPPORT.hint;
    if (home >= 0 && isWithin(divisions, reading.node, home)) sum += SUPPORT.home;
    return sum;
  };
  // An office's own place is no division: it stands right behind the one it lies in.
  const isBehind = (name: PlaceName, reading: Reading, previous: Mention | undefined): boolean =>
    previous?.name.readings.some(
      ({ node }) => (node !== reading.node || name.own === true) && isWithin(divisions, reading.node, node),
    ) === true;
  const cityNamed = (node: number): boolean =>
    firm.some(({ readings }) =>
      readings.some(
        (named) => named.node !== node && !isProvince(divisions, named.node) && isWithin(divisions, node, named.node),
      ),
    );

  const votes: Vote[] = [];
  let fade = 1;
  const heard = new Map<PlaceName, number>();
  let previous: Mention | undefined;
  mentions.forEach((mention, index) => {
    const { name } = mention;
    const role = roleOf(mention);
    const best = heard.get(name) ?? 0;
    heard.set(name, Math.max(role, best));
    const added = Math.max(role - best, 0) + AGAIN * Math.min(role, best);
    const listed = 1 / listLength(text, mentions, index);
    if (name.readings.length === 0) {
      votes.push({ mention, readings: [], weight: name.kind === NAME.abroad ? added * fade * listed : 0 });
      if (name.kind === NAME.abroad) fade *= FADING;
      return;
    }
    const before = mentions[index - 1];
    const gap = before === undefined ? null : text.slice(before.end, mention.start);
    // 广州天河、越秀、海珠: what stands before the list stands before each of its names.
    if (gap !== null && JOINS.test(gap)) previous = before;
    else if (gap === null || !LISTS.test(gap)) previous = undefined;
    const weighed: { node: number; share: number }[] = [];
    let total = 0;
    for (const reading of name.readings) {
      const behind = isBehind(name, reading, previous);
      const atHome = home >= 0 && isWithin(divisions, reading.node, home);
      if (name.kind === NAME.streetShort && !(behind && isStreetOf(divisions, name, reading, previous))) continue;
      // 山西大同一矿区 is no district called 矿区; 阳泉矿区 is.
      if (
        name.kind === NAME.generic &&
        !(behind && previous?.name.readings.some(({ node }) => isParent(divisions, reading.node, node)))
      )
        continue;
      if (name.kind === NAME.street && !behind && !atHome && !cityNamed(reading.node)) continue;
      if (name.kind !== NAME.street && needsParent(divisions, mention) && !behind) continue;
      const sum = name.readings.length === 1 ? 0 : support(name, reading) + (behind ? SUPPORT.behind : 0);
      const share = reading.prior * (1 + sum) ** 2;
      total += share;
      weighed.push({ node: reading.node, share });
    }
    if (weighed.length === 0) {
      votes.push({ mention, readings: [], weight: 0 });
      return;
    }
    const readings = weighed
      .map(({ node, share }) => ({ node, share: share / total }))
      .sort((a, b) => b.share - a.share);
    votes.push({ mention, readings, weight: added * fade * listed });
    fade *= FADING;
  });
  return absorbParents(divisions, text, votes);
}

/** 、 and its like make a list of names, not an address: each counts for its part. */
const LISTS = /^(?:[、/]|和|与|及|以及)$/u;

/** How many names the list has that this one stands in; 1 for a name alone. */
function listLength(text: string, mentions: readonly Mention[], index: number): number {
  const joined = (left: number): boolean => {
    const before = mentions[left];
    const after = mentions[left + 1];
    return before !== undefined && after !== undefined && LISTS.test(text.slice(before.end, after.start));
  };
  let length = 1;
  for (let at = index; joined(at); at++) length++;
  for (let at = index - 1; at >= 0 && joined(at); at--) length++;
  return length;
}

/** 河南 洛阳 宜阳 is one address: its weight is the last name's, with the role of both ends. */
function absorbParents(divisions: Divisions, text: string, votes: readonly Vote[]): Vote[] {
  const out = [...votes];
  for (let index = 0; index + 1 < out.length; index++) {
    const vote = out[index] as Vote;
    const next = out[index + 1] as Vote;
    if (!JOINS.test(text.slice(vote.mention.end, next.mention.start))) continue;
    if (vote.mention.name.kind === NAME.abroad && next.mention.name.kind === NAME.abroad) {
      out[index] = { ...vote, weight: 0 };
      continue;
    }
    if (next.mention.name.kind === NAME.generic && vote.readings.length > 0) {
      const role = Math.max(vote.weight, isEvent(next.mention.after) ? WEIGHT.event : 0);
      out[index] = { ...vote, weight: role };
      continue;
    }
    const outer = vote.readings[0]?.node;
    const inner = next.readings[0]?.node;
    // Before a list the parent keeps its own voice: the list is about all of it.
    if (LISTS.test(text.slice(next.mention.end, out[index + 2]?.mention.start ?? next.mention.end))) continue;
    if (outer === undefined || inner === undefined || !isWithin(divisions, inner, outer)) continue;
    const before = vote.mention.before ?? next.mention.before;
    const mention = { ...next.mention, before, opens: vote.mention.opens };
    const fade = next.weight / Math.max(roleOf(next.mention), 1e-9);
    // 沈阳·沈阳师范大学: the same place twice says no less than once.
    const least = inner === outer ? vote.weight : 0;
    out[index] = { ...vote, weight: 0 };
    out[index + 1] = { ...next, mention, weight: Math.max(least, Math.max(fade / FADING, fade) * roleOf(mention)) };
  }
  return out;
}
