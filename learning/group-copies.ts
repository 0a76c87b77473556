import type { Features } from './vocabulary.ts';

const HALF = 0.5;

/** The share of features two texts have in common. */
function jaccard(a: ReadonlySet<number>, b: Features): number {
  let both = 0;
  for (const hash of b) if (a.has(hash)) both++;
  return both / Math.max(1, a.size + b.length - both);
}

/**
 * A group number for each text; texts that share half of their features are in one group. Compares all pairs, for sets
 * of a few thousand at most.
 */
export function groupCopies(texts: readonly Features[]): number[] {
  const sets = texts.map((text) => new Set(text));
  const distinct = sets.map((set) => Uint32Array.from(set));
  const groups = texts.map((_, at) => at);
  for (let i = 0; i < texts.length; i++)
    for (let j = 0; j < i; j++) {
      const mine = distinct[i] as Features;
      const other = sets[j] as ReadonlySet<number>;
      const sizes = mine.length / Math.max(1, other.size);
      if (groups[j] !== j || sizes < HALF || sizes > 1 / HALF) continue;
      if (jaccard(other, mine) >= HALF) {
        groups[i] = j;
        break;
      }
    }
  return groups;
}
