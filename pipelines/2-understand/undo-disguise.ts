import type { Weights } from '../ports/weights.ts';
import type { CueFinder } from './find-cues.ts';
import { FATE, isHan, isOther, MOST_BETWEEN, ORDERLY, takeOut, undoSpacing, undoSplits } from './put-together.ts';
import { MOST_READ, TextReader } from './read-text.ts';
import { beginsSplit, SPLIT, wholeOf } from './split-signs.ts';

const LONGEST_EMOTICON = 8;
const OPEN = 0x5b; // [
const CLOSE = 0x5d; // ]

/** Signs that hardly ever stand between two words: between two signs of a cue word they were put there. */
const PUT_THERE = new Set([...'*_|+^=\\/·•`'].map((sign) => sign.charCodeAt(0)));

export type Cut = (text: string) => readonly string[];
/** So many signs before and behind a word are cut with it. */
const AROUND = 8;

const PAIR_BITS = 18;
const pairBit = (first: number, second: number): number =>
  (Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)) >>> (32 - PAIR_BITS);

type Gap = 'none' | 'put there' | 'ordinary';

/**
 * Puts right what was written so that it is not found, before anything is matched: signs apart, signs in parts, and cue
 * words with something between their signs (自*杀, 投。诉). One per thread, its buffers are used again for every post.
 */
export class Disguise {
  readonly #cues: CueFinder;
  readonly #fates = new Uint8Array(MOST_READ);
  /** The signs of the text without what stands between them, and where each begins and ends in `folded`. */
  readonly #bare: TextReader;
  readonly #bareAt = new Int32Array(MOST_READ);
  readonly #bareEnd = new Int32Array(MOST_READ);

  /** A bit for each two signs that stand side by side in some cue; a few others share one. */
  readonly #pairs = new Uint8Array(1 << (PAIR_BITS - 3));

  /** @param cues its results are overwritten */
  constructor(cues: CueFinder, weights: Pick<Weights, 'cues' | 'folding'>) {
    this.#cues = cues;
    this.#bare = new TextReader(weights.folding);
    for (const { word } of weights.cues) {
      this.#bare.fold(word);
      for (let at = 1; at < this.#bare.foldedLength; at++) {
        const bit = pairBit(this.#bare.folded[at - 1] as number, this.#bare.folded[at] as number);
        this.#pairs[bit >>> 3] = (this.#pairs[bit >>> 3] as number) | (1 << (bit & 7));
      }
    }
  }

  /** @param cut a tokeniser's; without it a cue word is put together only over what hardly ever stands between words */
  undo(text: TextReader, cut: Cut | undefined): void {
    const { folded } = text;
    const fates = this.#fates;
    const isSplit = undoSplits(folded, text.foldedLength, fates);
    if (undoSpacing(folded, text.foldedLength, fates) || isSplit) this.#takeOut(text);
    if (!this.#maySayMore(text)) return;
    this.#lay(text);
    this.#cues.find(this.#bare);
    let found = false;
    for (let hit = 0; hit < this.#cues.count; hit++) {
      const begin = this.#cues.begins[hit] as number;
      const end = this.#cues.ends[hit] as number;
      const gap = this.#gapIn(text, begin, end);
      if (gap === 'none') continue;
      if (gap === 'ordinary' && (cut === undefined || !this.#readsAsWord(begin, end, cut))) continue;
      this.#mark(text, begin, end);
      found = true;
    }
    if (found) this.#takeOut(text);
  }

  #takeOut(text: TextReader): void {
    text.foldedLength = takeOut(text.folded, text.foldedAt, text.foldedEnd, text.foldedLength, this.#fates);
  }

  /** Whether two signs of a cue word stand apart somewhere, or two parts side by side: most texts end here. */
  #maySayMore(text: TextReader): boolean {
    const { folded, foldedLength } = text;
    let last = -1;
    for (let at = 0; at < foldedLength; at++) {
      const unit = folded[at] as number;
      if (isOther(unit)) {
        at = emoticonEnd(text, at);
        continue;
      }
      if (last >= 0) {
        const before = folded[last] as number;
        if (at - last > 1) {
          if (isHan(before) && isHan(unit) && this.#mayStandTogether(before, unit)) return true;
        } else if (((beginsSplit[before] as number) & SPLIT.ordinary) !== 0 && wholeOf(before, unit, true) !== 0) {
          return true;
        }
      }
      last = at;
    }
    return false;
  }

  /** False where no cue has these two signs side by side. */
  #mayStandTogether(first: number, second: number): boolean {
    const bit = pairBit(first, second);
    return ((this.#pairs[bit >>> 3] as number) & (1 << (bit & 7))) !== 0;
  }

  #lay(text: TextReader): void {
    const { folded, foldedLength } = text;
    let n = 0;
    for (let at = 0; at < foldedLength; at++) {
      const unit = folded[at] as number;
      if (isOther(unit)) {
        at = emoticonEnd(text, at);
        continue;
      }
      const isFirst = ((beginsSplit[unit] as number) & SPLIT.ordinary) !== 0 && at + 1 < foldedLength;
      const whole = isFirst ? wholeOf(unit, folded[at + 1] as number, true) : 0;
      this.#bare.folded[n] = whole === 0 ? unit : whole;
      this.#bareAt[n] = at;
      if (whole !== 0) at++;
      this.#bareEnd[n++] = at + 1;
    }
    this.#bare.foldedLength = n;
  }

  /** What breaks a word of `bare`: nothing (or a list), parts of signs and what was put there, or what may end a sentence. */
  #gapIn(text: TextReader, begin: number, end: number): Gap {
    let gap: Gap = 'none';
    for (let k = begin; k < end; k++) {
      const from = this.#bareEnd[k] as number;
      if (from - (this.#bareAt[k] as number) > 1 && gap === 'none') gap = 'put there';
      if (k + 1 === end) break;
      const to = this.#bareAt[k + 1] as number;
      if (to === from) continue;
      // 1/20 is a date, not the 120 to call.
      if (!isHan(this.#bare.folded[k] as number) || !isHan(this.#bare.folded[k + 1] as number)) return 'none';
      if (to - from === 1 && PUT_THERE.has(text.folded[from] as number)) {
        if (gap === 'none') gap = 'put there';
      } else if (isOrderly(text.folded, from, to)) return 'none';
      else gap = 'ordinary';
    }
    return gap;
  }

  /**
   * Not two words of two sentences: without the gaps the tokeniser sees no edge where they were, and what stands behind
   * the last one is no word by itself. 就自 杀 is 就 and 自杀; 跳。楼上 is 跳 and 楼上.
   */
  #readsAsWord(begin: number, end: number, cut: Cut): boolean {
    const from = Math.max(0, begin - AROUND);
    let at = from;
    let last = begin;
    for (const word of cut(this.#signs(from, end + AROUND))) {
      at += word.length;
      if (at > begin && at < end && this.#isGap(at - 1)) return false;
      if (at >= end) break;
    }
    for (let k = begin; k + 1 < end; k++) if (this.#isGap(k)) last = k + 1;
    return this.#isBroken(last, end, cut);
  }

  #isGap(after: number): boolean {
    return this.#bareEnd[after] !== this.#bareAt[after + 1];
  }

  /** What stands behind the last gap is a word by itself only where nothing cut it off: 楼上 is one, 诉无门 was made up. */
  #isBroken(begin: number, end: number, cut: Cut): boolean {
    let at = begin;
    for (const word of cut(this.#signs(begin, end + AROUND))) {
      at += word.length;
      if (at >= end) return at === end || word.length > 2;
    }
    return false;
  }

  #signs(from: number, until: number): string {
    return String.fromCharCode(...this.#bare.folded.subarray(from, Math.min(this.#bare.foldedLength, until)));
  }

  #mark(text: TextReader, begin: number, end: number): void {
    for (let k = begin; k < end; k++) {
      const at = this.#bareAt[k] as number;
      const after = this.#bareEnd[k] as number;
      text.folded[at] = this.#bare.folded[k] as number;
      for (let joined = at + 1; joined < after; joined++) this.#fates[joined] = FATE.joined;
      const next = k + 1 < end ? (this.#bareAt[k + 1] as number) : after;
      for (let between = after; between < next; between++) this.#fates[between] = FATE.out;
    }
  }
}

/** A list or a quotation, or more than a writer puts between two signs. An emoticon stands there by itself. */
function isOrderly(folded: Uint16Array, from: number, to: number): boolean {
  if (folded[from] === OPEN && folded[to - 1] === CLOSE) return false;
  if (to - from > MOST_BETWEEN) return true;
  for (let at = from; at < to; at++) if (ORDERLY.has(folded[at] as number)) return true;
  return false;
}

/** The last unit of the emoticon mark that begins here ([泪]); without one this unit itself. */
function emoticonEnd(text: TextReader, at: number): number {
  if (text.folded[at] !== OPEN) return at;
  const last = Math.min(at + 1 + LONGEST_EMOTICON, text.foldedLength - 1);
  for (let i = at + 1; i <= last; i++) {
    if (text.folded[i] === OPEN) return at;
    if (text.folded[i] === CLOSE) return i;
  }
  return at;
}
