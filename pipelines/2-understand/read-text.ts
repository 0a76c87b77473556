import { foldPair, isHigh } from './fold-signs.ts';

/** More than this is not read: what a post is about stands at its beginning, and a hostile megabyte must cost nothing. */
export const MOST_READ = 4_000;

/** Code units of the private use area that stand for what varies without meaning. */
export const MARK = { forward: 0xe000, mention: 0xe001, link: 0xe002, phone: 0xe003 } as const;

const LONGEST_EMOTICON = 8;
const LONGEST_NAME = 30;

const OPEN = 0x5b; // [
const CLOSE = 0x5d; // ]
const AT = 0x40; // @
const SLASH = 0x2f; // /
const COLON = 0x3a; // :
const LESS = 0x3c; // <
const GREATER = 0x3e; // >
const SPACE = 0x20;
const ZERO = 0x30;

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;
const isLower = (unit: number): boolean => unit >= 0x61 && unit <= 0x7a;
const isBlank = (unit: number): boolean => unit === SPACE || (unit >= 9 && unit <= 13);

const endsName = (unit: number): boolean =>
  isBlank(unit) || unit === COLON || unit === AT || unit === SLASH || unit === OPEN || unit === 0x2c || unit === 0x3002;

/**
 * The text as the heads see it, in buffers that are used again for every post.
 *
 * `folded` keeps every sign (width, case and script folded, zero-width signs left out) and serves the cue words.
 * `plain` also loses what varies without meaning: names, links, numbers, blanks, runs of one sign, emoticons. `folded`
 * and `plain` remember for each unit where it stood in the original.
 */
export class TextReader {
  readonly folded = new Uint16Array(MOST_READ);
  /** Where each unit of `folded` begins in the original, and where it ends. */
  readonly foldedAt = new Int32Array(MOST_READ);
  readonly foldedEnd = new Int32Array(MOST_READ);
  foldedLength = 0;
  readonly plain = new Uint16Array(MOST_READ);
  readonly plainAt = new Int32Array(MOST_READ);
  readonly plainEnd = new Int32Array(MOST_READ);
  plainLength = 0;
  /** Emoticons such as [泪]: begin and end (without brackets) in `folded`. */
  readonly emoticons = new Int32Array(128);
  emoticonCount = 0;
  /** Where the writer's own words end in `plain`: at the first `//@name:`, or at the end. */
  ownLength = 0;

  readonly #folding: Uint16Array;

  constructor(folding: Uint16Array) {
    this.#folding = folding;
  }

  /** Reads a title and a text; positions in the title are negative. Never throws on any string. */
  read(text: string, title?: string): void {
    this.fold(text, title);
    this.simplify();
  }

  /** The first half of `read`: fills `folded`, so that a disguise can be undone before the rest is read. */
  fold(text: string, title?: string): void {
    this.foldedLength = 0;
    if (title !== undefined && title !== '' && !text.startsWith(title)) {
      const length = Math.min(title.length, MOST_READ >> 3);
      this.#fold(title, length, -length - 1);
      if (this.foldedLength < MOST_READ) {
        this.folded[this.foldedLength] = SPACE;
        this.foldedAt[this.foldedLength] = -1;
        this.foldedEnd[this.foldedLength++] = 0;
      }
    }
    this.#fold(text, Math.min(text.length, MOST_READ - this.foldedLength), 0);
  }

  #fold(text: string, length: number, offset: number): void {
    const folding = this.#folding;
    let n = this.foldedLength;
    for (let i = 0; i < length; i++) {
      const begin = i;
      const code = text.charCodeAt(i);
      let unit = folding[code] as number;
      if (isHigh(code)) {
        const pair = foldPair(code, text.charCodeAt(i + 1));
        if (pair >= 0) {
          unit = folding[pair] as number;
          i++;
        }
      }
      if (unit === 0) continue;
      this.folded[n] = unit;
      this.foldedAt[n] = offset + begin;
      this.foldedEnd[n++] = offset + i + 1;
    }
    this.foldedLength = n;
  }

  #put(unit: number, from: number): void {
    const n = this.plainLength;
    // A sign said more than three times in a row says no more than three times.
    if (n >= 3 && this.plain[n - 1] === unit && this.plain[n - 2] === unit && this.plain[n - 3] === unit) return;
    this.plain[n] = unit;
    this.plainAt[n] = this.foldedAt[from] as number;
    this.plainEnd[n] = this.foldedEnd[from] as number;
    this.plainLength = n + 1;
  }

  /** The second half of `read`: fills `plain` and the emoticons from `folded`. */
  simplify(): void {
    this.plainLength = 0;
    this.emoticonCount = 0;
    this.ownLength = -1;
    const { folded } = this;
    const length = this.foldedLength;
    let i = 0;
    while (i < length) {
      const unit = folded[i] as number;
      if (unit === OPEN) i = this.#emoticon(i);
      else if (unit === AT) i = this.#mention(i, i);
      else if (unit === SLASH && folded[i + 1] === SLASH && folded[i + 2] === AT && i + 2 < length) {
        if (this.ownLength < 0) this.ownLength = this.plainLength;
        i = this.#mention(i + 2, i);
      } else if (unit === LESS) i = this.#placeholder(i);
      else if (unit === 0x68 && this.#isLink(i)) i = this.#link(i);
      else if (isDigit(unit)) i = this.#number(i);
      else if (isBlank(unit)) {
        if (this.plainLength > 0 && this.plain[this.plainLength - 1] !== SPACE) this.#put(SPACE, i);
        i++;
      } else {
        this.#put(unit, i);
        i++;
      }
    }
    if (this.ownLength < 0) this.ownLength = this.plainLength;
  }

  #emoticon(at: number): number {
    const last = Math.min(at + 1 + LONGEST_EMOTICON, this.foldedLength - 1);
    for (let i = at + 1; i <= last; i++) {
      const unit = this.folded[i];
      if (unit === OPEN) break;
      if (unit === CLOSE) {
        if (i > at + 1 && this.emoticonCount < 64) {
          this.emoticons[this.emoticonCount * 2] = at + 1;
          this.emoticons[this.emoticonCount * 2 + 1] = i;
          this.emoticonCount++;
        }
        return i + 1;
      }
    }
    this.#put(OPEN, at);
    return at + 1;
  }

  #mention(at: number, from: number): number {
    let i = at + 1;
    const last = Math.min(this.foldedLength, i + LONGEST_NAME);
    while (i < last && !endsName(this.folded[i] as number)) i++;
    if (from < at) {
      while (i < this.foldedLength && (this.folded[i] === COLON || this.folded[i] === SPACE)) i++;
      this.#put(MARK.forward, from);
    } else this.#put(MARK.mention, from);
    return i;
  }

  #placeholder(at: number): number {
    let i = at + 1;
    while (i < this.foldedLength && i < at + 12 && isLower(this.folded[i] as number)) i++;
    if (this.folded[i] !== GREATER || i === at + 1 || i >= this.foldedLength) {
      this.#put(LESS, at);
      return at + 1;
    }
    this.#put(this.folded[at + 1] === 0x75 ? MARK.link : MARK.phone, at);
    return i + 1;
  }

  #isLink(at: number): boolean {
    const { folded } = this;
    if (at + 7 >= this.foldedLength || folded[at + 1] !== 0x74 || folded[at + 2] !== 0x74 || folded[at + 3] !== 0x70)
      return false;
    return folded[at + 4] === COLON || (folded[at + 4] === 0x73 && folded[at + 5] === COLON);
  }

  #link(at: number): number {
    let i = at + 4;
    while (i < this.foldedLength && (this.folded[i] as number) > SPACE && (this.folded[i] as number) < 0x7f) i++;
    this.#put(MARK.link, at);
    return i;
  }

  #number(at: number): number {
    let i = at;
    while (i < this.foldedLength && isDigit(this.folded[i] as number)) i++;
    const digits = i - at;
    if (digits >= 7) this.#put(MARK.phone, at);
    else {
      this.#put(ZERO, at);
      if (digits > 1) this.#put(ZERO, at);
      if (digits === 4) this.#put(ZERO, at);
    }
    return i;
  }
}
