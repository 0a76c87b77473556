/** The longest text kept, in UTF-16 units; the rest is cut and said. */
export const LONGEST_TEXT = 20_000;

// Control characters but tab, line feed and carriage return; C1 controls; the non-characters U+FFFE and U+FFFF.
// eslint-disable-next-line no-control-regex -- taking these out is the point
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;
// What takes no room on a screen: a text of nothing else says nothing.
const UNSEEN = /[\s\u200b-\u200f\u2028-\u202f\u2060-\u206f]|[\ufe00-\ufe0f]/g;

export interface CleanWords {
  readonly words: string;
  readonly repaired: readonly string[];
}

const UNTOUCHED: readonly string[] = [];

/** Text fit to be stored and shown: well formed, without control characters, not longer than `longest`. */
export function cleanWords(field: string, value: string, longest: number): CleanWords {
  let words = value;
  let repaired = UNTOUCHED;
  if (!words.isWellFormed()) {
    words = words.toWellFormed();
    repaired = [...repaired, `${field}：残缺的字符换成 �`];
  }
  if (words.search(CONTROLS) !== -1) {
    words = words.replace(CONTROLS, '');
    repaired = [...repaired, `${field}：去掉控制字符`];
  }
  if (words.length > longest) {
    const lead = words.charCodeAt(longest - 1);
    // Not through the middle of a surrogate pair.
    words = words.slice(0, lead >= 0xd800 && lead <= 0xdbff ? longest - 1 : longest);
    repaired = [...repaired, `${field}：超过 ${String(longest)} 字，只留前面`];
  }
  return { words, repaired };
}

export const saysNothing = (words: string): boolean => words.replace(UNSEEN, '') === '';
