/** What posts can be counted by. `day` is a day in Asia/Shanghai, 2026-11-16; of several duties a post counts with each. */
export const TALLY_KEYS = [
  'day',
  'platform',
  'source',
  'kind',
  'sentiment',
  'mood',
  'need',
  'urgent',
  'needsCheck',
  'region',
  'duty',
  'group',
] as const;
export type TallyKey = (typeof TALLY_KEYS)[number];

export interface TallyRow {
  /** One value a key, in the order asked for; null where the post has none. `urgent` and `needsCheck`: 'true' or 'false'. */
  readonly keys: readonly (string | null)[];
  readonly posts: number;
  /** Those that are the first of their text: what is left after folding copies. A text counts where it was first seen. */
  readonly first: number;
}

/** @throws RangeError where there is no key, one twice, or more than three. */
export function checkTallyKeys(by: readonly TallyKey[]): void {
  if (by.length === 0 || by.length > 3 || new Set(by).size !== by.length)
    throw new RangeError(`a tally is by one to three different keys, not by [${by.join(', ')}]`);
}

/** In one order whatever the store: by keys, those without a value last. Rows of equal keys become one. */
export function tidyTally(rows: readonly TallyRow[]): TallyRow[] {
  const merged = new Map<string, { keys: readonly (string | null)[]; posts: number; first: number }>();
  for (const { keys, posts, first } of rows) {
    const id = JSON.stringify(keys);
    const row = merged.get(id);
    if (row === undefined) merged.set(id, { keys, posts, first });
    else {
      row.posts += posts;
      row.first += first;
    }
  }
  return [...merged.values()].sort((a, b) => {
    for (const [at, key] of a.keys.entries()) {
      const other = b.keys[at] ?? null;
      if (key === other) continue;
      if (key === null) return 1;
      if (other === null) return -1;
      return key < other ? -1 : 1;
    }
    return 0;
  });
}
