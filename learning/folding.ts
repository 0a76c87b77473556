import { Converter } from 'opencc-js/t2cn';

/** The package's own types cannot be followed by this module resolution. */
const makeConverter = Converter as (between: { from: string; to: string }) => (text: string) => string;

const isZeroWidth = (unit: number): boolean =>
  unit < 9 ||
  (unit > 13 && unit < 32) ||
  unit === 0x7f ||
  unit === 0xad ||
  unit === 0x34f ||
  unit === 0x61c ||
  (unit >= 0x180b && unit <= 0x180e) ||
  (unit >= 0x200b && unit <= 0x200f) ||
  (unit >= 0x202a && unit <= 0x202e) ||
  (unit >= 0x2060 && unit <= 0x206f) ||
  (unit >= 0xfe00 && unit <= 0xfe0f) ||
  unit === 0xfeff ||
  (unit >= 0xfff9 && unit <= 0xfffb);

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

/** Greek and Cyrillic letters that look like Latin ones, as hostile texts use them. */
const LOOK_ALIKE: Readonly<Record<string, string>> = {
  а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x', і: 'i', ѕ: 's', к: 'k', м: 'm', т: 't', в: 'b', н: 'h',
  α: 'a', ο: 'o', ρ: 'p', υ: 'u', ν: 'v', ι: 'i', κ: 'k', τ: 't', β: 'b', ε: 'e',
}; // prettier-ignore

/**
 * What each UTF-16 code unit is read as: full width as half width (NFKC where it gives one unit), upper case as lower
 * case, traditional as simplified (opencc, single characters), look-alike letters as Latin, blanks as one blank;
 * 0 leaves it out. Punctuation of both widths becomes one.
 */
export function buildFolding(): Uint16Array {
  const simplify = makeConverter({ from: 't', to: 'cn' });
  const folding = new Uint16Array(65_536);
  for (let unit = 1; unit < 65_536; unit++) {
    if (isZeroWidth(unit)) continue;
    if (isSurrogate(unit)) {
      folding[unit] = unit;
      continue;
    }
    const sign = String.fromCharCode(unit);
    let read = sign.normalize('NFKC').toLowerCase();
    if (read.length !== 1) read = sign;
    if (/\p{Script=Han}/u.test(read)) read = simplify(read);
    read = LOOK_ALIKE[read] ?? read;
    if (read.length !== 1) read = sign;
    if (/\s/u.test(read)) read = ' ';
    folding[unit] = read.charCodeAt(0);
  }
  return folding;
}
