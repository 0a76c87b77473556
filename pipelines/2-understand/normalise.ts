import { foldPair, isHigh, isUnseen, plainSign } from './fold-signs.ts';
import { mayBeApart, takeOut, undoSpacing, undoSplits } from './put-together.ts';
import { beginsSplit, SPLIT, wholeOf } from './split-signs.ts';

/**
 * Folds a text before places are looked for: zero-width and other unseen characters out, full width to half, look-alike
 * radicals and compatibility forms to the ordinary character, traditional to simplified, signs written apart or in parts
 * together again. A unit of the folded text has its place in the original.
 */
export interface Folded {
  readonly text: string;
  /** For each unit of `text` its offset in the original, and one more for the end; null where nothing was dropped. */
  readonly origin: Int32Array | null;
  /** True where letters changed, so that words cut from the original need not be words here. */
  readonly rewritten: boolean;
}

export type Fold = (text: string) => Folded;

const DROPPED = 0;
const FIRST_IDEOGRAPH = 0x2e80;
const LAST_IDEOGRAPH = 0xfaff;

/** Punctuation that decides where a sentence ends stays as it was written. */
const KEPT = new Set([...'，。！？：；（）'].map((sign) => sign.charCodeAt(0)));
/** Radicals, parts of signs, katakana; compatibility ideographs and full-width forms. */
const LOOK_ALIKE: readonly (readonly [number, number])[] = [
  [0x2e80, 0x2fd5],
  [0x30a0, 0x30ff],
  [0xf900, 0xfaff],
  [0xff01, 0xff5e],
];

/** @param traditional pairs of one traditional and one simplified character. */
export function foldWith(traditional: Iterable<readonly [string, string]>): Fold {
  const map = new Uint16Array(65_536);
  for (let unit = 1; unit < 65_536; unit++) map[unit] = unit;
  for (const [first, last] of LOOK_ALIKE) {
    for (let unit = first; unit <= last; unit++)
      if (!KEPT.has(unit)) map[unit] = plainSign(String.fromCharCode(unit)).charCodeAt(0);
  }
  for (const [from, to] of traditional) {
    if (from.length === 1 && to.length === 1) map[from.charCodeAt(0)] = to.charCodeAt(0);
  }
  for (let unit = 0; unit < 65_536; unit++) if (isUnseen(unit)) map[unit] = DROPPED;
  return (text) => (isPlain(map, text) ? { text, origin: null, rewritten: false } : foldBy(map, text));
}

/** True where the text is its own folded form: nearly every post. */
function isPlain(map: Uint16Array, text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (map[unit] !== unit) return false;
    if (isHigh(unit) && foldPair(unit, text.charCodeAt(at + 1)) >= 0) return false;
    if (((beginsSplit[unit] as number) & SPLIT.sure) !== 0 && wholeOf(unit, text.charCodeAt(at + 1), false) !== 0)
      return false;
  }
  return !mayBeApart(text);
}

function foldBy(map: Uint16Array, text: string): Folded {
  const units = new Uint16Array(text.length);
  const begins = new Int32Array(text.length + 1);
  const ends = new Int32Array(text.length);
  let length = 0;
  let rewritten = false;
  for (let at = 0; at < text.length; at++) {
    const begin = at;
    const unit = text.charCodeAt(at);
    let plain = map[unit] as number;
    const pair = isHigh(unit) ? foldPair(unit, text.charCodeAt(at + 1)) : -1;
    if (pair >= 0) {
      plain = map[pair] as number;
      at++;
    }
    if (plain === DROPPED) continue;
    // Signs of full width are still the same words, so their edges hold.
    if (plain !== unit && unit >= FIRST_IDEOGRAPH && unit <= LAST_IDEOGRAPH) rewritten = true;
    units[length] = plain;
    begins[length] = begin;
    ends[length++] = at + 1;
  }
  const fates = new Uint8Array(length);
  const isSplit = undoSplits(units, length, fates);
  rewritten ||= isSplit;
  if (undoSpacing(units, length, fates) || isSplit) length = takeOut(units, begins, ends, length, fates);
  begins[length] = text.length;
  const dropped = length < text.length;
  return { text: textOf(units, length), origin: dropped ? begins.slice(0, length + 1) : null, rewritten };
}

function textOf(units: Uint16Array, length: number): string {
  let text = '';
  for (let at = 0; at < length; at += 8192)
    text += String.fromCharCode(...units.subarray(at, Math.min(at + 8192, length)));
  return text;
}
