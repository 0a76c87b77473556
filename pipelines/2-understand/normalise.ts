import { COMPOSED, RADICAL_FIRST, RADICAL_LAST } from './split-characters.ts';

/**
 * Folds a text before it is matched: zero-width and other unseen characters out, full width to half, look-alike radicals
 * and compatibility forms to the ordinary character, traditional to simplified, a character written as its two halves (氵可南)
 * to that character. No unit becomes more than one, so a place in the folded text is a place in the original.
 */
export interface Folded {
  readonly text: string;
  /** For each unit of `text` its offset in the original, and one more for the end; null where nothing was dropped. */
  readonly origin: Int32Array | null;
  /** True where characters changed, so that words cut from the original need not be words here. */
  readonly rewritten: boolean;
}

export type Fold = (text: string) => Folded;

const DROPPED = 0;
/** In the table for a half that may make a character with its neighbour. */
const HALF = 1;
const FIRST_IDEOGRAPH = 0x2e80;
const LAST_IDEOGRAPH = 0xfaff;

const UNSEEN: readonly (readonly [number, number])[] = [
  [0x00ad, 0x00ad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180e],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
];
/** Kangxi and supplementary radicals, compatibility ideographs, full-width forms. */
const LOOK_ALIKE: readonly (readonly [number, number])[] = [
  [0x2e80, 0x2fd5],
  [0xf900, 0xfaff],
  [0xff01, 0xff5e],
];
/** Radicals of the supplement that stand for whole characters; Unicode gives them no ordinary form. */
const RADICALS =
  '⻄西⻔门⻋车⻓长⻘青⻢马⻅见⻜飞⻥鱼⻦鸟⻩黄⻬齐⻰龙⻳龟⺠民⺟母⻉贝⻚页⻛风⻝食⻨麦⻮齿⻁虎⻤鬼⻆角⻣骨';
/** Punctuation that decides where a sentence ends stays as it was written. */
const KEPT = new Set([...'，。！？：；（）'].map((sign) => sign.charCodeAt(0)));

/** @param traditional pairs of one traditional and one simplified character. */
export function foldWith(traditional: Iterable<readonly [string, string]>): Fold {
  const map = new Uint16Array(65_536);
  for (let unit = 1; unit < 65_536; unit++) map[unit] = unit;
  for (const [first, last] of LOOK_ALIKE) {
    for (let unit = first; unit <= last; unit++) {
      const plain = String.fromCharCode(unit).normalize('NFKC');
      if (plain.length === 1 && !KEPT.has(unit)) map[unit] = plain.charCodeAt(0);
    }
  }
  for (let at = 0; at < RADICALS.length; at += 2) map[RADICALS.charCodeAt(at)] = RADICALS.charCodeAt(at + 1);
  for (const [from, to] of traditional) {
    if (from.length === 1 && to.length === 1) map[from.charCodeAt(0)] = to.charCodeAt(0);
  }
  for (const half of RADICAL_FIRST + RADICAL_LAST) map[half.charCodeAt(0)] = HALF;
  for (const [first, last] of UNSEEN) map.fill(DROPPED, first, last + 1);
  return (text) => foldBy(map, text);
}

function foldBy(map: Uint16Array, text: string): Folded {
  let changed = 0;
  while (changed < text.length && map[text.charCodeAt(changed)] === text.charCodeAt(changed)) changed++;
  if (changed === text.length) return { text, origin: null, rewritten: false };
  const units = new Uint16Array(text.length);
  const origin = new Int32Array(text.length + 1);
  let length = 0;
  let rewritten = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    let plain = map[unit] as number;
    if (plain === DROPPED) continue;
    if (plain === HALF && unit !== HALF) {
      const sign = text.charAt(at);
      const before = length > 0 ? COMPOSED.get(String.fromCharCode(units[length - 1] as number) + sign) : undefined;
      if (before !== undefined) {
        units[length - 1] = before;
        rewritten = true;
        continue;
      }
      const composed = COMPOSED.get(text.slice(at, at + 2));
      plain = composed ?? unit;
      if (composed !== undefined) {
        origin[length] = at++;
        units[length++] = plain;
        rewritten = true;
        continue;
      }
    }
    if (plain !== unit && unit >= FIRST_IDEOGRAPH && unit <= LAST_IDEOGRAPH) rewritten = true;
    origin[length] = at;
    units[length++] = plain;
  }
  origin[length] = text.length;
  const dropped = length < text.length;
  return { text: textOf(units, length), origin: dropped ? origin.slice(0, length + 1) : null, rewritten };
}

function textOf(units: Uint16Array, length: number): string {
  let text = '';
  for (let at = 0; at < length; at += 8192)
    text += String.fromCharCode(...units.subarray(at, Math.min(at + 8192, length)));
  return text;
}
