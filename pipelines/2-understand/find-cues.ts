import type { Cue } from '../ports/weights.ts';
import type { TextReader } from './read-text.ts';

/** More hits than this in one text tell nothing new. */
const MOST_HITS = 256;
const LONGEST_CUE = 16;

const unitsOf = (word: string, folding: Uint16Array): number[] => {
  const units: number[] = [];
  for (let i = 0; i < word.length; i++) {
    const unit = folding[word.charCodeAt(i)] as number;
    if (unit !== 0) units.push(unit);
  }
  return units;
};

/**
 * Finds every cue word in one walk over the folded text: at each place the longest word of each label counts, shorter
 * ones inside it do not. Words are kept by their first two signs, so most places cost one look.
 */
export class CueFinder {
  /** After `find`: which cue, and where it stands in `folded` (end exclusive). */
  readonly cues = new Int32Array(MOST_HITS);
  readonly begins = new Int32Array(MOST_HITS);
  readonly ends = new Int32Array(MOST_HITS);
  count = 0;

  readonly #words: readonly (readonly number[])[];
  readonly #labels: readonly string[];
  readonly #byHead = new Map<number, Int32Array>();
  /** 1 where some cue begins with the sign. */
  readonly #heads = new Uint8Array(65_536);

  constructor(cues: readonly Cue[], folding: Uint16Array) {
    this.#words = cues.map((cue) => unitsOf(cue.word, folding));
    this.#labels = cues.map((cue) => cue.label);
    const lists = new Map<number, number[]>();
    this.#words.forEach((word, cue) => {
      if (word.length < 1 || word.length > LONGEST_CUE) return;
      const first = word[0] as number;
      const head = word.length === 1 ? first * 65_536 : first * 65_536 + (word[1] as number);
      this.#heads[first] = 1;
      lists.set(head, [...(lists.get(head) ?? []), cue]);
    });
    for (const [head, list] of lists) {
      list.sort((a, b) => this.#word(b).length - this.#word(a).length || a - b);
      this.#byHead.set(head, Int32Array.from(list));
    }
  }

  find(text: TextReader): void {
    this.count = 0;
    const { folded, foldedLength } = text;
    for (let i = 0; i < foldedLength; i++) {
      const first = folded[i] as number;
      if (this.#heads[first] === 0) continue;
      const pair = this.#byHead.get(first * 65_536 + (i + 1 < foldedLength ? (folded[i + 1] as number) : 0));
      if (pair !== undefined) this.#match(pair, text, i);
    }
  }

  #word(cue: number): readonly number[] {
    return this.#words[cue] as readonly number[];
  }

  #match(candidates: Int32Array, text: TextReader, at: number): void {
    for (const cue of candidates) {
      const word = this.#word(cue);
      if (at + word.length > text.foldedLength || this.count >= MOST_HITS) continue;
      let same = 2;
      while (same < word.length && text.folded[at + same] === word[same]) same++;
      if (same < word.length || this.#covered(cue, at, at + word.length)) continue;
      this.cues[this.count] = cue;
      this.begins[this.count] = at;
      this.ends[this.count++] = at + word.length;
    }
  }

  /** Inside a hit of the same label: 救救 in 救救我 says nothing more. Only the last few hits can reach this far. */
  #covered(cue: number, begin: number, end: number): boolean {
    const label = this.#labels[cue];
    for (let hit = this.count - 1; hit >= 0 && hit >= this.count - 8; hit--)
      if (
        (this.begins[hit] as number) <= begin &&
        (this.ends[hit] as number) >= end &&
        this.#labels[this.cues[hit] as number] === label
      )
        return true;
    return false;
  }
}
