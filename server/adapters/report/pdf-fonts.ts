import { join } from 'node:path';
import pdfmake from 'pdfmake';
import { packageRoot } from '../../package-root.ts';
import { printable } from './escape-text.ts';
import { fontCharacters } from './font-characters.ts';

const FOLDER = join(packageRoot(), 'server', 'adapters', 'report', 'fonts');
/** The printed report's fonts: text, and titles. */
export const FONT_FILES = {
  normal: join(FOLDER, 'NotoSansSC-Regular.ttf'),
  bold: join(FOLDER, 'NotoSansSC-Bold.ttf'),
  title: join(FOLDER, 'NotoSerifSC-Bold.ttf'),
} as const;

export interface Letters {
  /** Only what the text font draws; anything else is □. */
  readonly safe: (text: string) => string;
  /** A title in the serif where that draws all of it, else in the bold of the text font. */
  readonly title: (text: string) => { readonly text: string; readonly font: 'Serif' | 'Noto'; readonly bold: true };
}

let known: Letters | undefined;

/** Gives pdfmake the three fonts and no other file or address. */
export function openLetters(): Letters {
  if (known !== undefined) return known;
  const { normal, bold, title } = FONT_FILES;
  pdfmake.setFonts({
    Noto: { normal, bold, italics: normal, bolditalics: bold },
    Serif: { normal: title, bold: title, italics: title, bolditalics: title },
  });
  pdfmake.setLocalAccessPolicy((path) => path === normal || path === bold || path === title);
  pdfmake.setUrlAccessPolicy(() => false);
  const text = fontCharacters(normal);
  const titles = fontCharacters(title);
  const safe = (given: string): string =>
    [...printable(given)].map((sign) => (text.has(sign.codePointAt(0)!) ? sign : '□')).join('');
  known = {
    safe,
    title(given) {
      const signs = [...printable(given)];
      const serif = signs.every((sign) => titles.has(sign.codePointAt(0)!));
      return { text: serif ? signs.join('') : safe(given), font: serif ? 'Serif' : 'Noto', bold: true };
    },
  };
  return known;
}
