import { tierOfRegion, type RegionCode } from '../domain/region.ts';
import type { Divisions } from './divisions.ts';
import { NAME, type PlaceName, type Reading } from './place-names.ts';
import type { Mention } from './read-mentions.ts';

/** What one mention says, after the others have been heard. */
export interface Vote {
  readonly mention: Mention;
  /** Readings with their shares of this mention; they add up to 1. */
  readonly readings: readonly { readonly node: number; readonly share: number }[];
  /** How much it counts; 0 for a name that another one right behind it makes precise. */
  readonly weight: number;
}

const WEIGHT = {
  dateline: 1.9,
  event: 1.4,
  plain: 1,
  person: 0.5,
  campus: 0.34,
  origin: 0.22,
  name: 0.22,
  loneShort: 0.8,
} as const;
/** Each later mention counts a little less: what a post is about comes first. */
const FADING = 0.88;
/** The same name again adds only this part: a long text is not surer than a short one. */
const AGAIN = 0.3;
const SUPPORT = { behind: 30, above: 6, below: 3, beside: 0.8, hint: 4, home: 3 } as const;

export interface Leanings {
  /** The node a source's hint names, -1 for none. */
  readonly hint: number;
  /** The home region's node, -1 for none. */
  readonly home: number;
}

export function isWithin(divisions: Divisions, inner: number, outer: number): boolean {
  for (let at = inner; at >= 0; at = divisions.parents[at] ?? -1) if (at === outer) return true;
  return false;
}

const cityOf = (divisions: Divisions, node: number): number => {
  let at = node;
  while (at >= 0 && tierOfRegion(divisions.codes[at] as RegionCode) !== 'city') at = divisions.parents[at] ?? -1;
  return at;
};

/** A gap that leaves two names one address: nothing, a blank, a dot or a topic sign. */
const JOINS = /^[\s·•・#,，]?$/u;

const isStreet = (mention: Mention): boolean =>
  mention.name.kind === NAME.street || mention.name.kind === NAME.streetShort;

/** Names that need another one to speak for them: streets, and words that are also places. 日照警方 speaks for itself. */
const needsParent = (divisions: Divisions, mention: Mention): boolean =>
  isStreet(mention) ||
  (mention.name.wordy &&
    mention.name.kind === NAME.short &&
    (mention.after !== 'event' || !mention.name.readings.some(({ node }) => isCity(divisions, node))));

const isCity = (divisions: Divisions, node: number): boolean =>
  tierOfRegion(divisions.codes[node] as RegionCode) === 'city';

/** Weighs every reading of every mention by what the other mentions, the hint and the home region say. */
export function weighMentions(
  divisions: Divisions,
  text: string,
  mentions: readonly Mention[],
  leanings: Leanings,
): Vote[] {
  const firm = mentions.filter((mention) => !needsParent(divisions, mention) && mention.name.readings.length > 0);
  /** Named nodes and how surely; shared names count by their share. */
  const named = new Map<number, number>();
  for (const { name } of firm) {
    const total = name.readings.reduce((sum, { prior }) => sum + prior, 0);
    for (const { node, prior } of name.readings) named.set(node, Math.max(named.get(node) ?? 0, prior / total));
  }
  const below = new Map<number, number>();
  for (const [node, sure] of named) {
    for (let at = divisions.parents[node] ?? -1; at >= 0; at = divisions.parents[at] ?? -1) {
      below.set(at, Math.max(below.get(at) ?? 0, sure));
    }
  }
  const support = (reading: Reading, previous: Mention | undefined): { sum: number; parent: number } => {
    let parent = 0;
    for (let at = divisions.parents[reading.node] ?? -1; at >= 0; at = divisions.parents[at] ?? -1) {
      const sure = named.get(at);
      if (sure !== undefined) parent += SUPPORT.above * sure;
    }
    if (
      previous?.name.readings.some(({ node }) => node !== reading.node && isWithin(divisions, reading.node, node)) ===
      true
    ) {
      parent += SUPPORT.behind;
    }
    let sum = parent + SUPPORT.below * (below.get(reading.node) ?? 0);
    const city = cityOf(divisions, reading.node);
    if (city >= 0 && city !== reading.node) sum += SUPPORT.beside * (below.get(city) ?? 0);
    if (leanings.hint >= 0 && isWithin(divisions, reading.node, leanings.hint)) sum += SUPPORT.hint;
    if (leanings.home >= 0 && isWithin(divisions, reading.node, leanings.home)) sum += SUPPORT.home;
    return { sum, parent };
  };

  const votes: Vote[] = [];
  let fade = 1;
  const heard = new Map<PlaceName, number>();
  mentions.forEach((mention, index) => {
    const { name } = mention;
    const role = roleOf(mention);
    const again = role > (heard.get(name) ?? 0) ? 1 : AGAIN;
    heard.set(name, Math.max(role, heard.get(name) ?? 0));
    const listed = 1 / listLength(text, mentions, index);
    if (name.readings.length === 0) {
      votes.push({ mention, readings: [], weight: name.kind === NAME.abroad ? role * fade * again * listed : 0 });
      if (name.kind === NAME.abroad) fade *= FADING;
      return;
    }
    const before = mentions[index - 1];
    const previous = before !== undefined && JOINS.test(text.slice(before.end, mention.start)) ? before : undefined;
    const weighed: { node: number; share: number; parent: number; behind: boolean }[] = [];
    let total = 0;
    for (const reading of name.readings) {
      const { sum, parent } = support(reading, previous);
      const behind = parent >= SUPPORT.behind;
      const home = leanings.home >= 0 && isWithin(divisions, reading.node, leanings.home);
      if (name.kind === NAME.streetShort && !behind) continue;
      if (name.kind === NAME.street && !behind && !home && !cityNamed(divisions, reading.node, named)) continue;
      if (name.kind !== NAME.street && needsParent(divisions, mention) && !behind) continue;
      const share = reading.prior * (1 + sum) ** 2;
      total += share;
      weighed.push({ node: reading.node, share, parent, behind });
    }
    if (weighed.length === 0) {
      votes.push({ mention, readings: [], weight: 0 });
      return;
    }
    const readings = weighed
      .map(({ node, share }) => ({ node, share: share / total }))
      .sort((a, b) => b.share - a.share);
    votes.push({ mention, readings, weight: role * fade * again * listed });
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

function cityNamed(divisions: Divisions, node: number, named: ReadonlyMap<number, number>): boolean {
  for (let at = divisions.parents[node] ?? -1; at >= 0; at = divisions.parents[at] ?? -1) {
    if (named.has(at) && tierOfRegion(divisions.codes[at] as RegionCode) !== 'province') return true;
  }
  return false;
}

function roleOf(mention: Mention): number {
  if (mention.before === 'dateline') return WEIGHT.dateline;
  if (mention.name.kind === NAME.phrase) return WEIGHT.event;
  if (mention.after === 'name') return WEIGHT.name;
  if (mention.before === 'origin') return WEIGHT.origin;
  if (mention.after === 'campus') return WEIGHT.campus;
  if (mention.after === 'person') return mention.before === 'event' ? WEIGHT.plain : WEIGHT.person;
  if (mention.after === 'event' || mention.before === 'event') return WEIGHT.event;
  return mention.name.kind === NAME.short && mention.end - mention.start === 2 ? WEIGHT.loneShort : WEIGHT.plain;
}

/** 河南 洛阳 宜阳 is one address: its weight is the last name's, with the role of both ends. */
function absorbParents(divisions: Divisions, text: string, votes: readonly Vote[]): Vote[] {
  const out = [...votes];
  for (let index = 0; index + 1 < out.length; index++) {
    const vote = out[index] as Vote;
    const next = out[index + 1] as Vote;
    if (!JOINS.test(text.slice(vote.mention.end, next.mention.start))) continue;
    if (next.mention.name.kind === NAME.generic && vote.readings.length > 0) {
      const role = Math.max(vote.weight, next.mention.after === 'event' ? WEIGHT.event : 0);
      out[index] = { ...vote, weight: role };
      continue;
    }
    const outer = vote.readings[0]?.node;
    const inner = next.readings[0]?.node;
    if (outer === undefined || inner === undefined || !isWithin(divisions, inner, outer)) continue;
    const before = vote.mention.before ?? next.mention.before;
    const mention = { ...next.mention, start: next.mention.start, before };
    const fade = next.weight / Math.max(roleOf(next.mention), 1e-9);
    out[index] = { ...vote, weight: 0 };
    out[index + 1] = { ...next, mention, weight: Math.max(fade / FADING, fade) * roleOf(mention) };
  }
  return out;
}
