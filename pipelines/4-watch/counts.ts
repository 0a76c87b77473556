export function bump<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The key most often counted; the first seen wins a tie. */
export function most<K>(counts: ReadonlyMap<K, number>): K | undefined {
  let best: K | undefined;
  let top = 0;
  for (const [key, count] of counts)
    if (count > top) {
      best = key;
      top = count;
    }
  return best;
}
