import type { PostId } from '../pipelines/domain/post.ts';
import type { Case } from '../pipelines/domain/same-case.ts';
import { SIGNATURE_LENGTH } from '../pipelines/1-intake/signature.ts';

/** The first post of a text group, with the case it tells of where a life is at risk. */
export type Head = readonly [PostId, Uint32Array, Case | undefined];

/** Heads of text groups that a snapshot keeps, so that copies are still known as copies after a restart. */
const HEADS_KEPT = 5_000;

/** The newest heads, in a ring. Signatures are copied into one array, so that none keeps its batch's alive. */
export class KeptHeads {
  readonly #most: number;
  readonly #ids: PostId[] = [];
  readonly #cases: (Case | undefined)[] = [];
  readonly #signatures: Uint32Array;
  /** Where the next head goes. */
  #next = 0;

  constructor(most = HEADS_KEPT) {
    this.#most = most;
    this.#signatures = new Uint32Array(most * SIGNATURE_LENGTH);
  }

  add(id: PostId, signature: Uint32Array, plea: Case | undefined): void {
    const at = this.#next;
    this.#ids[at] = id;
    this.#cases[at] = plea;
    this.#signatures.set(signature, at * SIGNATURE_LENGTH);
    this.#next = (at + 1) % this.#most;
  }

  /** Oldest first. Signatures are views of the ring: good until the next head comes. */
  list(): Head[] {
    const held = this.#ids.length;
    const oldest = held < this.#most ? 0 : this.#next;
    return Array.from({ length: held }, (_, turn) => {
      const at = (oldest + turn) % this.#most;
      const signature = this.#signatures.subarray(at * SIGNATURE_LENGTH, (at + 1) * SIGNATURE_LENGTH);
      return [this.#ids[at]!, signature, this.#cases[at]];
    });
  }
}
