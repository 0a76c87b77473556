import { strip } from './strip.ts';
import { LONGEST_TEXT } from './words.ts';

/** Numbers in a signature. */
export const SIGNATURE_LENGTH = 64;

/** Texts of fewer letters than this have one signature each, so they fold only onto the same letters. */
export const SHORT = 8;

const MULTIPLIERS = new Int32Array(SIGNATURE_LENGTH);
const OFFSETS = new Int32Array(SIGNATURE_LENGTH);
// splitmix32 with a fixed seed: the same permutations in every process, so signatures can be compared across them.
let seed = 0x9e3779b9;
const nextRandom = (): number => {
  seed = (seed + 0x9e3779b9) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return mixed ^ (mixed >>> 15);
};
for (let at = 0; at < SIGNATURE_LENGTH; at++) {
  MULTIPLIERS[at] = nextRandom() | 1;
  OFFSETS[at] = nextRandom();
}

let letters = new Uint16Array(2_048);
let grams = new Int32Array(2_048);

/**
 * MinHash of the character 3-grams of a text (see strip.ts for which part of a post), 64 values: the share of places where two
 * signatures agree estimates the Jaccard similarity of their 3-grams. Blanks don't count, and Latin letters are
 * taken in lower case. Nothing but blanks: all values 0xffffffff.
 * Method: A. Z. Broder, On the resemblance and containment of documents, 1997.
 */
export function signature(text: string, result: Uint32Array = new Uint32Array(SIGNATURE_LENGTH)): Uint32Array {
  const length = readLetters(text);
  if (length === 0) return result.fill(0xffffffff);
  if (length < SHORT) return exact(length, result);
  const count = length - 2;
  if (grams.length < count) grams = new Int32Array(count * 2);
  for (let at = 0; at < count; at++) {
    let gram = Math.imul(letters[at] ?? 0, 0x01000193) ^ (letters[at + 1] ?? 0);
    gram = Math.imul(gram, 0x01000193) ^ (letters[at + 2] ?? 0);
    gram = Math.imul(gram ^ (gram >>> 15), 0x2c1b3c6d);
    grams[at] = gram ^ (gram >>> 13);
  }
  // Four at a time: the processor works on them side by side, which halves the time.
  for (let at = 0; at < SIGNATURE_LENGTH; at += 4) {
    const [m0, m1, m2, m3] = [MULTIPLIERS[at]!, MULTIPLIERS[at + 1]!, MULTIPLIERS[at + 2]!, MULTIPLIERS[at + 3]!];
    const [o0, o1, o2, o3] = [OFFSETS[at]!, OFFSETS[at + 1]!, OFFSETS[at + 2]!, OFFSETS[at + 3]!];
    let [least0, least1, least2, least3] = [0x7fffffff, 0x7fffffff, 0x7fffffff, 0x7fffffff];
    for (let next = 0; next < count; next++) {
      const gram = grams[next]!;
      const v0 = (Math.imul(gram, m0) + o0) | 0;
      const v1 = (Math.imul(gram, m1) + o1) | 0;
      const v2 = (Math.imul(gram, m2) + o2) | 0;
      const v3 = (Math.imul(gram, m3) + o3) | 0;
      if (v0 < least0) least0 = v0;
      if (v1 < least1) least1 = v1;
      if (v2 < least2) least2 = v2;
      if (v3 < least3) least3 = v3;
    }
    result[at] = least0;
    result[at + 1] = least1;
    result[at + 2] = least2;
    result[at + 3] = least3;
  }
  return result;
}

/** The signature of what a post says itself, as far as intake keeps it. `into`: zeros that become the signature. */
export const signatureOf = (text: string, into?: Uint32Array): Uint32Array =>
  signature(strip(text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text), into);

/**
 * The signatures of a batch, as views of one array: a small array of its own for each post is memory beside the heap, for which V8
 * collects the whole heap again and again. Whoever keeps one longer than its batch copies it.
 */
export function signaturesOf(texts: readonly string[]): Uint32Array[] {
  const all = new Uint32Array(texts.length * SIGNATURE_LENGTH);
  return texts.map((text, at) => signatureOf(text, all.subarray(at * SIGNATURE_LENGTH, (at + 1) * SIGNATURE_LENGTH)));
}

/** True where there were no words to sign: a bare forward. */
export const isEmptySignature = (of: Uint32Array): boolean => of[0] === 0xffffffff && of[1] === 0xffffffff;

// Four independent hashes of the whole text, sixteen places each: one of them colliding is not enough to fold.
function exact(length: number, result: Uint32Array): Uint32Array {
  for (let part = 0; part < 4; part++) {
    let hash = OFFSETS[part] ?? 0;
    for (let at = 0; at < length; at++) {
      hash = Math.imul(hash ^ (letters[at] ?? 0), MULTIPLIERS[part] ?? 1);
      hash ^= hash >>> 15;
    }
    for (let at = part; at < SIGNATURE_LENGTH; at += 4) result[at] = Math.imul(hash ^ at, 0x2c1b3c6d);
  }
  return result;
}

function readLetters(text: string): number {
  if (letters.length < text.length) letters = new Uint16Array(text.length * 2);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x41 && code <= 0x5a) letters[length++] = code + 32;
    else if (code > 0x20 && !isBlank(code)) letters[length++] = code;
  }
  return length;
}

/** Blanks of all widths, marks of no width, variation selectors. */
const isBlank = (code: number): boolean =>
  code === 0xa0 ||
  code === 0x3000 ||
  (code >= 0x2000 && code <= 0x200f) ||
  (code >= 0x2028 && code <= 0x202f) ||
  (code >= 0x205f && code <= 0x206f) ||
  (code >= 0xfe00 && code <= 0xfe0f) ||
  code === 0xfeff;
