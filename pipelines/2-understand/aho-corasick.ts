/**
 * Aho–Corasick (Aho and Corasick, 1975) over UTF-16 units in typed arrays: time linear in the text and the matches
 * whatever the text, and about 30 bytes a state, where a tree of objects would take some two hundred.
 */
export class AhoCorasick {
  readonly #patternAt: Int32Array;
  readonly #lengthAt: Uint8Array;
  readonly #fail: Int32Array;
  /** The nearest state along the failure links that ends a pattern; 0 where none does. */
  readonly #nextEnd: Int32Array;
  readonly #first: Int32Array;
  readonly #from: Int32Array;
  readonly #unit: Uint16Array;
  readonly #to: Int32Array;
  readonly #mask: number;

  /** @param patterns non-empty, at most 255 units each; of equal patterns the last one's index is reported. */
  constructor(patterns: readonly string[]) {
    let units = 1;
    for (const pattern of patterns) units += pattern.length;
    let size = 1024;
    while (size < units * 1.5) size *= 2;
    this.#mask = size - 1;
    this.#from = new Int32Array(size).fill(-1);
    this.#unit = new Uint16Array(size);
    this.#to = new Int32Array(size);
    this.#first = new Int32Array(65_536);
    const patternAt = new Int32Array(units).fill(-1);
    const depth = new Uint8Array(units);
    const parent = new Int32Array(units);
    const unitOf = new Uint16Array(units);
    let states = 1;
    patterns.forEach((pattern, index) => {
      if (pattern.length === 0 || pattern.length > 255) throw new RangeError(`pattern ${index}: 1 to 255 units`);
      let state = 0;
      for (let at = 0; at < pattern.length; at++) {
        const unit = pattern.charCodeAt(at);
        let next = this.#step(state, unit);
        if (next === 0) {
          next = states++;
          depth[next] = at + 1;
          parent[next] = state;
          unitOf[next] = unit;
          this.#link(state, unit, next);
        }
        state = next;
      }
      patternAt[state] = index;
    });
    this.#patternAt = patternAt.slice(0, states);
    this.#lengthAt = depth.slice(0, states);
    this.#fail = new Int32Array(states);
    this.#nextEnd = new Int32Array(states);
    this.#linkFailures(depth, parent, unitOf, states);
  }

  /** Calls back for every occurrence, in order of its end. Offsets are UTF-16 units, the end is exclusive. */
  scan(text: string, found: (start: number, end: number, pattern: number) => void): void {
    let state = 0;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      let next = this.#step(state, unit);
      while (next === 0 && state !== 0) {
        state = this.#fail[state] as number;
        next = this.#step(state, unit);
      }
      state = next;
      for (
        let end = (this.#patternAt[state] as number) >= 0 ? state : (this.#nextEnd[state] as number);
        end !== 0;
        end = this.#nextEnd[end] as number
      ) {
        found(at + 1 - (this.#lengthAt[end] as number), at + 1, this.#patternAt[end] as number);
      }
    }
  }

  #slot(state: number, unit: number): number {
    let slot = (Math.imul(state, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & this.#mask;
    while (this.#from[slot] !== -1 && (this.#from[slot] !== state || this.#unit[slot] !== unit)) {
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }

  /** The state after one more unit; 0 where no pattern goes on so. */
  #step(state: number, unit: number): number {
    if (state === 0) return this.#first[unit] as number;
    const slot = this.#slot(state, unit);
    return this.#from[slot] === -1 ? 0 : (this.#to[slot] as number);
  }

  #link(state: number, unit: number, next: number): void {
    if (state === 0) {
      this.#first[unit] = next;
      return;
    }
    const slot = this.#slot(state, unit);
    this.#from[slot] = state;
    this.#unit[slot] = unit;
    this.#to[slot] = next;
  }

  /** By depth, since a failure link always leads to a shallower state. */
  #linkFailures(depth: Uint8Array, parent: Int32Array, unitOf: Uint16Array, states: number): void {
    const starts = new Int32Array(257);
    for (let state = 1; state < states; state++) starts[(depth[state] as number) + 1]!++;
    for (let level = 1; level < 257; level++) starts[level]! += starts[level - 1] as number;
    const byDepth = new Int32Array(states);
    for (let state = 1; state < states; state++) byDepth[starts[depth[state] as number]!++] = state;
    for (let order = 0; order < states - 1; order++) {
      const state = byDepth[order] as number;
      const unit = unitOf[state] as number;
      if ((depth[state] as number) > 1) {
        let back = this.#fail[parent[state] as number] as number;
        let next = this.#step(back, unit);
        while (next === 0 && back !== 0) {
          back = this.#fail[back] as number;
          next = this.#step(back, unit);
        }
        this.#fail[state] = next;
      }
      const fail = this.#fail[state] as number;
      this.#nextEnd[state] =
        (this.#patternAt[fail] as number) >= 0 && fail !== 0 ? fail : (this.#nextEnd[fail] as number);
    }
  }
}
