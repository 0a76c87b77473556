import { regionAt } from '../domain/region.ts';
import { sureRegion } from './count-places.ts';
import type { Part } from './part.ts';
import { isPlace, placeId } from './terms.ts';

/** Voices that each of two groups needs: one more than an incident takes to open. */
const VOICES = 4;
/** Cosine of what two groups say, below which they say nothing alike. */
const APART = 0.12;
/** A post is told of few places; so many of the most told are looked at. */
const KEYS = 4;

/**
 * The posts of the younger of two events that one cluster has come to hold; null where it holds one. Two events are two groups
 * of at least four people, each of a road or an estate, or each of a county of its own, that no post tells together, which say
 * nothing alike. Who names a road and who names only its county may well speak of one thing, and two pleas are told apart by what
 * they name (`domain/same-case.ts`). What belongs to neither goes where its words are.
 */
export function partsApart(parts: readonly Part[]): readonly Part[] | null {
  const groups = [...grouped(parts)]
    .filter(([, group]) => voicesOf(group) >= VOICES)
    .sort(([a, of], [b, other]) => other.length - of.length || a - b)
    .slice(0, KEYS);
  for (const [at, [key, one]] of groups.entries())
    for (const [otherKey, other] of groups.slice(at + 1)) {
      if (isPlace(key) !== isPlace(otherKey) || (areOfPleas(one) && areOfPleas(other))) continue;
      if (one.some((part) => other.includes(part)) || cosine(wordsOf(one), wordsOf(other)) >= APART) continue;
      const [mine, theirs] = divided(parts, one, other);
      return startOf(mine) > startOf(theirs) ? mine : theirs;
    }
  return null;
}

function grouped(parts: readonly Part[]): Map<number, Part[]> {
  const groups = new Map<number, Part[]>();
  for (const part of parts) {
    const region = sureRegion(part.post);
    const county = region === null ? undefined : regionAt(region, 'county');
    const { spotsHere } = part;
    for (const key of spotsHere.length > 0 ? spotsHere : county === undefined ? [] : [placeId(county)]) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [part]);
      else group.push(part);
    }
  }
  return groups;
}

/** All posts in two: a post of neither group goes with the one whose words it shares more, the first in doubt. */
function divided(parts: readonly Part[], one: readonly Part[], other: readonly Part[]): [Part[], Part[]] {
  const [ofOne, ofOther] = [wordsOf(one), wordsOf(other)];
  const isOfOther = (part: Part): boolean => {
    if (one.includes(part) || other.includes(part)) return other.includes(part);
    const own = wordsOf([part]);
    return cosine(own, ofOther) > cosine(own, ofOne);
  };
  return [parts.filter((part) => !isOfOther(part)), parts.filter(isOfOther)];
}

const areOfPleas = (parts: readonly Part[]): boolean =>
  parts.filter(({ post }) => post.need.lifeAtRisk).length * 2 >= parts.length;
const voicesOf = (parts: readonly Part[]): number => new Set(parts.map(({ post }) => post.author?.key ?? post.id)).size;
const startOf = (parts: readonly Part[]): number => Math.min(...parts.map(({ post }) => post.time));

/** How many of the posts say each word. */
function wordsOf(parts: readonly Part[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { words } of parts) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let [dot, ofA, ofB] = [0, 0, 0];
  for (const [word, count] of a) {
    dot += count * (b.get(word) ?? 0);
    ofA += count * count;
  }
  for (const count of b.values()) ofB += count * count;
  return dot === 0 ? 0 : dot / Math.sqrt(ofA * ofB);
}
