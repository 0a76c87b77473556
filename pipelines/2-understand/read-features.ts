import { MOST_READ, type TextReader } from './read-text.ts';

/** Three n-grams a sign, emoticons and words: the most features one text can have. */
export const MOST_FEATURES = MOST_READ * 3 + 2_048;

const KINDS = { one: 0x3c6ef372, two: 0x1b873593, three: 0x2545f491, emoticon: 0x68e31da4, word: 0x7feb352d } as const;

/** Mixes the bits so that the low ones can choose a slot (the finaliser of MurmurHash3, public domain). */
const mixed = (hash: number): number => {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  h ^= h >>> 16;
  return h === 0 ? 1 : h >>> 0;
};

/**
 * The features of one text as 32-bit hashes: every run of one, two and three signs, and every emoticon as a whole.
 * The arrays are used again for every post.
 */
export class FeatureReader {
  readonly hashes = new Uint32Array(MOST_FEATURES);
  /** Where the feature begins: an index into `plain`, or -1 - index into `folded` for emoticons. */
  readonly begins = new Int32Array(MOST_FEATURES);
  readonly lengths = new Uint8Array(MOST_FEATURES);
  count = 0;

  read(text: TextReader, withEmoticons = true): void {
    const { plain } = text;
    const length = text.plainLength;
    let n = 0;
    let before = 0x2f;
    let second = 0x2f;
    for (let i = 0; i < length; i++) {
      const unit = plain[i] as number;
      const pair = Math.imul(before ^ KINDS.two, 0x9e3779b1) + unit;
      this.hashes[n] = mixed(unit ^ KINDS.one);
      this.begins[n] = i;
      this.lengths[n++] = 1;
      if (i > 0) {
        this.hashes[n] = mixed(pair);
        this.begins[n] = i - 1;
        this.lengths[n++] = 2;
      }
      if (i > 1) {
        this.hashes[n] = mixed(Math.imul(pair ^ KINDS.three, 0x85ebca77) + second);
        this.begins[n] = i - 2;
        this.lengths[n++] = 3;
      }
      second = before;
      before = unit;
    }
    this.count = n;
    if (withEmoticons) this.#emoticons(text);
  }

  #emoticons(text: TextReader): void {
    for (let e = 0; e < text.emoticonCount; e++) {
      const from = text.emoticons[e * 2] as number;
      const to = text.emoticons[e * 2 + 1] as number;
      let hash: number = KINDS.emoticon;
      for (let i = from; i < to; i++) hash = Math.imul(hash ^ (text.folded[i] as number), 0x01000193);
      this.hashes[this.count] = mixed(hash);
      this.begins[this.count] = -1 - from;
      this.lengths[this.count++] = to - from;
    }
  }
}
