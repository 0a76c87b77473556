import { beginsSplit, SPLIT, wholeOf } from './split-signs.ts';

/** What became of a unit: kept, left out, or the second part of the sign before it. */
export const FATE = { kept: 0, out: 1, joined: 2 } as const;

/** What may stand between two signs of one word: so many units that are neither letters nor signs. */
export const MOST_BETWEEN = 4;
/** So many signs in a row that each stand alone are written apart on purpose. */
const LEAST_APART = 4;

/** What stands between signs for reasons of its own: lists (春、夏), quotations (“疫”情), emoticons. */
export const ORDERLY = new Set([...'、,，[]“”‘’"\'()（）《》【】'].map((sign) => sign.charCodeAt(0)));

const KIND = { other: 0, letter: 1, han: 2 } as const;
/** Of each code unit: a Chinese sign, another letter or digit, or what may stand between. */
const kindOf = new Uint8Array(65_536);
for (let unit = 0x30; unit < 0xd800; unit++) {
  const sign = String.fromCharCode(unit);
  if (/\p{Script=Han}/u.test(sign)) kindOf[unit] = KIND.han;
  else if (/[\p{L}\p{N}]/u.test(sign)) kindOf[unit] = KIND.letter;
}
for (let unit = 0xf900; unit < 0xfb00; unit++) kindOf[unit] = KIND.han;

export const isOther = (unit: number): boolean => kindOf[unit] === KIND.other;
export const isHan = (unit: number): boolean => kindOf[unit] === KIND.han;

/**
 * Signs written apart (有 人 要 跳 楼): marks in `fates` what stands between four or more signs in a row that have no
 * neighbour. Lists (春、夏、秋、冬) and emoticons are left alone.
 */
export function undoSpacing(units: Uint16Array, length: number, fates: Uint8Array): boolean {
  let found = false;
  let [first, last, count, isOrderly] = [-1, -1, 0, false];
  const close = (): void => {
    if (count < LEAST_APART) return;
    for (let at = first; at < last; at++) if (kindOf[units[at] as number] === KIND.other) fates[at] = FATE.out;
    found = true;
  };
  for (let at = 0; at < length; at++) {
    const kind = kindOf[units[at] as number];
    if (kind === KIND.other) {
      if (ORDERLY.has(units[at] as number)) isOrderly = true;
      continue;
    }
    const isApart =
      kind === KIND.han &&
      (at === 0 || kindOf[units[at - 1] as number] === KIND.other) &&
      (at + 1 === length || kindOf[units[at + 1] as number] === KIND.other);
    if (isApart && count > 0 && !isOrderly && at - last - 1 <= MOST_BETWEEN) count++;
    else {
      close();
      first = at;
      count = isApart ? 1 : 0;
    }
    last = at;
    isOrderly = false;
  }
  close();
  return found;
}

/** False where `undoSpacing` would find nothing, in one quick look. */
export function mayBeApart(text: string): boolean {
  let apart = 0;
  let before: number = KIND.other;
  let kind = kindOf[text.charCodeAt(0)] ?? KIND.other;
  for (let at = 0; at < text.length; at++) {
    const after = at + 1 < text.length ? (kindOf[text.charCodeAt(at + 1)] as number) : KIND.other;
    if (kind === KIND.han && before === KIND.other && after === KIND.other) {
      if (++apart === LEAST_APART) return true;
    } else if (kind !== KIND.other) apart = 0;
    before = kind;
    kind = after;
  }
  return false;
}

/** Signs written as their parts (弓虽): puts the whole one in the first part's place and marks the second as joined. */
export function undoSplits(units: Uint16Array, length: number, fates: Uint8Array): boolean {
  let found = false;
  for (let at = 0; at + 1 < length; at++) {
    if (((beginsSplit[units[at] as number] as number) & SPLIT.sure) === 0) continue;
    const whole = wholeOf(units[at] as number, units[at + 1] as number, false);
    if (whole === 0) continue;
    units[at] = whole;
    fates[++at] = FATE.joined;
    found = true;
  }
  return found;
}

/** Takes out what `fates` says and clears it. `begins` and `ends` are the units' places in the original; both move along. */
export function takeOut(
  units: Uint16Array,
  begins: Int32Array,
  ends: Int32Array,
  length: number,
  fates: Uint8Array,
): number {
  let kept = 0;
  for (let at = 0; at < length; at++) {
    const fate = fates[at];
    fates[at] = FATE.kept;
    if (fate === FATE.out) continue;
    if (fate === FATE.joined) {
      ends[kept - 1] = ends[at] as number;
      continue;
    }
    units[kept] = units[at] as number;
    begins[kept] = begins[at] as number;
    ends[kept++] = ends[at] as number;
  }
  return kept;
}
