import { hashOf } from '../domain/hash.ts';
import { mix } from './terms.ts';

const BITS = 21;
const MASK = 2 ** BITS - 1;
/** Authors a filter holds before the next one is begun: by then it takes one stranger in a hundred for known. */
const FULL = 200_000;

/**
 * Which pseudonyms this stream has seen before: two Bloom filters of 2^21 bits (256 KiB each), the older of which is let go when
 * the newer holds 200,000. Nothing is kept about anybody, and nobody can be read back from it.
 */
export class KnownAuthors {
  #newer = new Uint32Array(2 ** (BITS - 5));
  #older = new Uint32Array(2 ** (BITS - 5));
  #held = 0;
  #posts = 0;
  #new = 0;

  /** True where the author was never seen before; remembers them. */
  isNew(author: string): boolean {
    const a = mix(hashOf(author));
    const b = mix(a ^ 0x9e3779b9) | 1;
    let [inNewer, inOlder] = [true, true];
    for (let turn = 0; turn < 4; turn++) {
      const bit = Math.imul(b, turn) + a;
      const [cell, flag] = [(bit & MASK) >>> 5, 1 << (bit & 31)];
      if ((this.#newer[cell]! & flag) === 0) {
        inNewer = false;
        this.#newer[cell]! |= flag;
      }
      if ((this.#older[cell]! & flag) === 0) inOlder = false;
    }
    this.#posts++;
    if (!inNewer && ++this.#held >= FULL) {
      this.#older = this.#newer;
      this.#newer = new Uint32Array(2 ** (BITS - 5));
      this.#held = 0;
    }
    const isNew = !inNewer && !inOlder;
    if (isNew) this.#new++;
    return isNew;
  }

  /** Share of all posts so far by authors then new, 0…1; 1 before any. */
  get usualShare(): number {
    return this.#posts === 0 ? 1 : this.#new / this.#posts;
  }

  save(): KnownAuthorsState {
    return { newer: this.#newer, older: this.#older, held: this.#held, posts: this.#posts, isNew: this.#new };
  }

  load(state: KnownAuthorsState): void {
    this.#newer = Uint32Array.from(state.newer);
    this.#older = Uint32Array.from(state.older);
    this.#held = state.held;
    this.#posts = state.posts;
    this.#new = state.isNew;
  }
}

export interface KnownAuthorsState {
  readonly newer: Uint32Array;
  readonly older: Uint32Array;
  readonly held: number;
  readonly posts: number;
  readonly isNew: number;
}
