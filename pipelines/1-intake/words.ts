import { repairOf } from '../domain/repair.ts';
import type { Repair } from '../domain/repair.ts';

/** The longest text kept, in UTF-16 units; the rest is cut and said. */
export const LONGEST_TEXT = 20_000;

// Control characters but tab, line feed and carriage return; C1 controls; the non-characters U+FFFE and U+FFFF.
// eslint-disable-next-line no-control-regex -- taking these out is the point
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;
// What takes no room on a screen: a text of nothing else says nothing.
const UNSEEN = /[\s\u200b-\u200f\u2028-\u202f\u2060-\u206f]|[\ufe00-\ufe0f]/g;

export interface CleanWords {
  readonly words: string;
  readonly repairs: readonly Repair[];
}

const UNTOUCHED: readonly Repair[] = [];

/** Text fit to be stored and shown: well formed, without control characters, not longer than `longest`. */
export function cleanWords(field: string, value: string, longest: number): CleanWords {
  let words = value;
  let repairs = UNTOUCHED;
  if (!words.isWellFormed()) {
    words = words.toWellFormed();
    repairs = [...repairs, repairOf(field, 'text-malformed', '', '')];
  }
  if (words.search(CONTROLS) !== -1) {
    words = words.replace(CONTROLS, '');
    repairs = [...repairs, repairOf(field, 'text-controls', '', '')];
  }
  if (words.length > longest) {
    repairs = [...repairs, repairOf(field, 'text-cut', words.length, longest)];
    const lead = words.charCodeAt(longest - 1);
    // Not through the middle of a surrogate pair.
    words = words.slice(0, lead >= 0xd800 && lead <= 0xdbff ? longest - 1 : longest);
  }
  return { words, repairs };
}

export const saysNothing = (words: string): boolean => words.replace(UNSEEN, '') === '';
