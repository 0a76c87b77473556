import { escapeText } from './escape-text.ts';

/** What the drawings of a report are made of. Ink ramp for quantity, violet for rungs, green for answers (look). */
export const INK = ['#4b5358', '#7f878c', '#b2b8bb', '#d5dadc', '#1b2024', '#e2e5e6'] as const;
export const RUNG = ['#a69fd1', '#8d84c2', '#766bab', '#5f5196', '#49357b', '#37235f'] as const;
export const FG = '#1b2024';
const FG2 = '#454e55';
export const HAIR = '#e0ddd5';
export const DONE = '#146b50';

export const text = (
  x: number,
  y: number,
  words: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
  fill = FG2,
): string =>
  `<text x="${round(x)}" y="${round(y)}" font-size="12" fill="${fill}" text-anchor="${anchor}">${escapeText(words)}</text>`;
export const round = (value: number): number => Math.round(value * 10) / 10;
export const rect = (x: number, y: number, width: number, height: number, fill: string): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(Math.max(0, width))}" height="${round(Math.max(0, height))}" fill="${fill}"/>`;
/** @param role group where parts of the drawing are links, which an image would hide */
export const frame = (
  width: number,
  height: number,
  label: string,
  inside: string,
  role: 'img' | 'group' = 'img',
): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="${role}" aria-label="${escapeText(label)}" font-family="Noto">${inside}</svg>`;

/** A part of a drawing that leads somewhere, out of the frame that may hold the drawing; its title is shown where the pointer rests and read out. */
export const opens = (href: string, says: string, inside: string): string =>
  `<a href="${escapeText(href)}" target="_top" aria-label="${escapeText(says)}"><title>${escapeText(says)}</title>${inside}</a>`;

/** Of words in 12 px: Han and full-width signs are square, digits and Latin a little over half. */
export const textWidth = (words: string): number =>
  [...words].reduce((sum, sign) => sum + (sign.codePointAt(0)! > 0x2e7f ? 12 : 6.8), 0);
