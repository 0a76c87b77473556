/** Chance by a seed: the same seed gives the same drill on every machine. */
export interface Dice {
  /** In [0, 1). */
  next(): number;
  /** @throws RangeError where the list is empty. */
  pick<T>(list: readonly T[]): T;
  /** One of the entries, as likely as its weight. */
  weighed<T>(list: readonly (readonly [T, number])[]): T;
  chance(share: number): boolean;
  /** A whole number in [low, high]. */
  whole(low: number, high: number): number;
  /** A heavy tail: mostly near nought, seldom near `top`. */
  tail(top: number): number;
}

/** Mulberry32 (public domain, T. Ettinger): 32 bits of state are plenty for some ten thousand posts. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new RangeError('nothing to pick from');
    return list[Math.floor(next() * list.length)] as T;
  };
  return {
    next,
    pick,
    weighed: (list) => {
      let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [what, weight] of list) if ((left -= weight) < 0) return what;
      return pick(list)[0];
    },
    chance: (share) => next() < share,
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    tail: (top) => Math.floor(top * next() ** 6),
  };
}
