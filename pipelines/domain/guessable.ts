import { COMMON_PASSWORDS, RUNS } from './common-passwords.ts';

/** Different signs that have to stand beside what is known. */
const LITTLE = 5;
/** More known parts than this in a row are a sentence, and a sentence is long. */
const PARTS = 3;
/** Letters run along a row in many words (fi-rst, de-fg), digits seldom by chance. */
const SHORTEST_RUN = { digits: 3, others: 4 };
const YEAR = '(?:19[3-9]\\d|20[0-4]\\d)';
const MONTH = '(?:0?[1-9]|1[0-2])';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
/** Days of birth and of founding in every way they are written, phone numbers, one sign again and again. */
const HABITS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [new RegExp(`${YEAR}[-./年]?${MONTH}[-./月]?${DAY}日?`, 'uy'), '日期'],
  [new RegExp(`\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])`, 'uy'), '日期'],
  [new RegExp(`${YEAR}年?`, 'uy'), '年份'],
  [/1[3-9]\d{9}/uy, '手机号'],
  [/(.)\1{2,}/uy, '重复的字符'],
];
/** Signs that stand for letters: p@ssw0rd. */
const LEET: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '0': 'o',
  '1': 'i',
  '!': 'i',
  '3': 'e',
  $: 's',
  '5': 's',
  '7': 't',
};

interface Cover {
  /** Signs that nothing known covers. */
  readonly left: string;
  readonly parts: readonly string[];
}

/**
 * Which known parts a password is made of, where there is little else in it: a leaked or common word, a run of keys, a date, a number of
 * a telephone, or one of `own` (the names of whoever chooses it and of the office). Undefined where it is not.
 */
export function guessableParts(password: string, own: readonly string[]): readonly string[] | undefined {
  const plain = password.normalize('NFKC').toLowerCase();
  const words = [...new Set([...own.map((word) => word.normalize('NFKC').toLowerCase()), ...COMMON_PASSWORDS])];
  const known = words.filter((word) => [...word].length > 1);
  for (const text of new Set([plain, unleet(plain)])) {
    const { left, parts } = coverOf(text, known);
    const different = [...new Set(parts)];
    if (new Set(left).size < LITTLE && different.length > 0 && different.length <= PARTS) return different;
  }
  return undefined;
}

const unleet = (text: string): string => [...text].map((sign) => LEET[sign] ?? sign).join('');

/** The cover that leaves the fewest signs, and of those the one of the fewest parts. */
function coverOf(text: string, known: readonly string[]): Cover {
  const best: Cover[] = [{ left: '', parts: [] }];
  const better = (one: Cover, at: number): void => {
    const held = best[at];
    const isBetter =
      held === undefined ||
      one.left.length < held.left.length ||
      (one.left.length === held.left.length && one.parts.length < held.parts.length);
    if (isBetter) best[at] = one;
  };
  for (let at = 0; at < text.length; at++) {
    const here = best[at];
    if (here === undefined) continue;
    better({ ...here, left: here.left + text.charAt(at) }, at + 1);
    for (const { length, name } of startingAt(text, at, known))
      better({ ...here, parts: [...here.parts, name] }, at + length);
  }
  return best[text.length] ?? { left: text, parts: [] };
}

function startingAt(text: string, at: number, known: readonly string[]): readonly { length: number; name: string }[] {
  const found = known.filter((word) => text.startsWith(word, at)).map((word) => ({ length: word.length, name: word }));
  for (const [pattern, name] of HABITS) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) found.push({ length: match[0].length, name });
  }
  for (const row of RUNS)
    for (const run of [row, [...row].reverse().join('')]) {
      let length = 0;
      const start = run.indexOf(text.charAt(at));
      while (start >= 0 && at + length < text.length && run.charAt(start + length) === text.charAt(at + length))
        length++;
      if (length >= (run.startsWith('0') ? SHORTEST_RUN.digits : SHORTEST_RUN.others))
        found.push({ length, name: '连续的键' });
    }
  return found;
}
