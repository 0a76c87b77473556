import { Converter } from 'opencc-js/t2cn';
import { isUnseen, plainSign } from '../pipelines/2-understand/fold-signs.ts';

/** The package's own types cannot be followed by this module resolution. */
const makeConverter = Converter as (between: { from: string; to: string }) => (text: string) => string;

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

/**
 * What each UTF-16 code unit is read as: look-alikes and compatibility forms as the ordinary sign, upper case as lower
 * case, traditional as simplified (opencc, single characters), blanks as one blank; 0 leaves it out. Punctuation of both
 * widths becomes one. Pairs of surrogates are folded as the text is read (`foldPair`).
 */
export function buildFolding(): Uint16Array {
  const simplify = makeConverter({ from: 't', to: 'cn' });
  const folding = new Uint16Array(65_536);
  for (let unit = 1; unit < 65_536; unit++) {
    if (isUnseen(unit)) continue;
    if (isSurrogate(unit)) {
      folding[unit] = unit;
      continue;
    }
    const sign = String.fromCharCode(unit);
    let read = plainSign(sign).toLowerCase();
    if (/\p{Script=Han}/u.test(read)) read = simplify(read);
    if (read.length !== 1) read = sign;
    if (/\s/u.test(read)) read = ' ';
    folding[unit] = read.charCodeAt(0);
  }
  return folding;
}
