import type { Cue } from '../ports/weights.ts';
import type { TextReader } from './read-text.ts';

/** More hits than this in one text tell nothing new. */
const MOST_HITS = 256;
const LONGEST_CUE = 16;
/** Between two signs of a split word stand at most so many others. */
const WIDEST_GAP = 3;

/** 1 where a sign may be put between the signs of a word to hide it: blanks, dots, dashes, symbols, emoji. */
const GAPS = new Uint8Array(65_536);
for (const sign of ' .*-_~+|^/\\=·•‧丨丶') GAPS[sign.charCodeAt(0)] = 1;
GAPS.fill(1, 0x2190, 0x27c0);
GAPS.fill(1, 0xd800, 0xe000);

/** What a sign can begin: a cue, and among them one that may be split. */
const BEGINS = 1;
const BEGINS_SPLIT = 2;

const unitsOf = (word: string, folding: Uint16Array): number[] => {
  const units: number[] = [];
  for (let i = 0; i < word.length; i++) {
    const unit = folding[word.charCodeAt(i)] as number;
    if (unit !== 0) units.push(unit);
  }
  return units;
};

const slotOf = (pair: number, mask: number): number => {
  const hash = Math.imul(pair, 0x9e3779b1);
  return (hash ^ (hash >>> 15)) & mask;
};

/**
 * Finds every cue word in one walk over the folded text: at each place the longest word of each label counts, shorter
 * ones inside it do not. Words are kept by their first two signs in a table of numbers, so most places cost one look.
 */
export class CueFinder {
  /** After `find`: which cue, and where it stands in `folded` (end exclusive). */
  readonly cues = new Int32Array(MOST_HITS);
  readonly begins = new Int32Array(MOST_HITS);
  readonly ends = new Int32Array(MOST_HITS);
  count = 0;
  /** The label of each cue, as a number. */
  readonly labels: Int32Array;
  readonly labelNames: readonly string[];

  readonly #words: readonly Uint16Array[];
  readonly #first = new Uint8Array(65_536);
  /** Open addressing: the two first signs (0: free) and the cues that begin with them. */
  readonly #pairs: Int32Array;
  readonly #lists: readonly (Int32Array | undefined)[];
  readonly #mask: number;
  readonly #split = new Map<number, number[]>();

  constructor(cues: readonly Cue[], folding: Uint16Array) {
    this.#words = cues.map((cue) => Uint16Array.from(unitsOf(cue.word, folding)));
    this.labelNames = [...new Set(cues.map((cue) => cue.label))];
    const numbers = new Map(this.labelNames.map((label, at) => [label, at]));
    this.labels = Int32Array.from(cues, (cue) => numbers.get(cue.label) as number);
    const byPair = new Map<number, number[]>();
    this.#words.forEach((word, cue) => {
      if (word.length < 1 || word.length > LONGEST_CUE) return;
      const first = word[0] as number;
      const pair = (first << 16) | (word.length === 1 ? 0 : (word[1] as number));
      this.#first[first] = (this.#first[first] as number) | BEGINS;
      byPair.set(pair, [...(byPair.get(pair) ?? []), cue]);
      if (cues[cue]?.split !== true || word.length < 2) return;
      this.#first[first] = this.#first[first] | BEGINS_SPLIT;
      this.#split.set(first, [...(this.#split.get(first) ?? []), cue]);
    });
    let size = 1024;
    while (size < byPair.size * 4) size *= 2;
    this.#mask = size - 1;
    this.#pairs = new Int32Array(size);
    const lists = new Array<Int32Array | undefined>(size).fill(undefined);
    for (const [pair, list] of byPair) {
      list.sort((a, b) => this.#word(b).length - this.#word(a).length || a - b);
      let slot = slotOf(pair, this.#mask);
      while (this.#pairs[slot] !== 0) slot = (slot + 1) & this.#mask;
      this.#pairs[slot] = pair;
      lists[slot] = Int32Array.from(list);
    }
    this.#lists = lists;
  }

  find(text: TextReader): void {
    this.count = 0;
    const { folded, foldedLength } = text;
    const first = this.#first;
    for (let i = 0; i < foldedLength; i++) {
      const unit = folded[i] as number;
      const kind = first[unit] as number;
      if (kind === 0) continue;
      const pair = (unit << 16) | (i + 1 < foldedLength ? (folded[i + 1] as number) : 0);
      let slot = slotOf(pair, this.#mask);
      while (this.#pairs[slot] !== pair && this.#pairs[slot] !== 0) slot = (slot + 1) & this.#mask;
      const list = this.#lists[slot];
      if (list !== undefined) this.#match(list, text, i);
      if ((kind & BEGINS_SPLIT) !== 0 && this.#gapNear(text, i)) this.#matchSplit(text, i);
    }
  }

  #word(cue: number): Uint16Array {
    return this.#words[cue] as Uint16Array;
  }

  #match(candidates: Int32Array, text: TextReader, at: number): void {
    const { folded, foldedLength } = text;
    for (const cue of candidates) {
      const word = this.#word(cue);
      if (at + word.length > foldedLength) continue;
      let same = 2;
      while (same < word.length && folded[at + same] === word[same]) same++;
      if (same >= word.length) this.#keep(cue, at, at + word.length);
    }
  }

  #gapNear({ folded, foldedLength }: TextReader, at: number): boolean {
    const last = Math.min(foldedLength, at + 4);
    for (let i = at + 1; i < last; i++) if (GAPS[folded[i] as number] === 1) return true;
    return false;
  }

  /** Words with signs put between theirs; one without any was found as it stands. */
  #matchSplit(text: TextReader, at: number): void {
    const { folded, foldedLength } = text;
    for (const cue of this.#split.get(folded[at] as number) ?? []) {
      const word = this.#word(cue);
      let same = 1;
      let end = at + 1;
      while (same < word.length) {
        let gap = end;
        while (gap < foldedLength && gap - end < WIDEST_GAP && GAPS[folded[gap] as number] === 1) gap++;
        if (gap >= foldedLength || folded[gap] !== word[same]) break;
        end = gap + 1;
        same++;
      }
      if (same === word.length && end - at > word.length) this.#keep(cue, at, end);
    }
  }

  #keep(cue: number, begin: number, end: number): void {
    if (this.count >= MOST_HITS || this.#covered(cue, begin, end)) return;
    this.cues[this.count] = cue;
    this.begins[this.count] = begin;
    this.ends[this.count++] = end;
  }

  /** Inside a hit of the same label: 救救 in 救救我 says nothing more. Only the last few hits can reach this far. */
  #covered(cue: number, begin: number, end: number): boolean {
    const label = this.labels[cue];
    for (let hit = this.count - 1; hit >= 0 && hit >= this.count - 8; hit--)
      if (
        (this.begins[hit] as number) <= begin &&
        (this.ends[hit] as number) >= end &&
        this.labels[this.cues[hit] as number] === label
      )
        return true;
    return false;
  }
}
