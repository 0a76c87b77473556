import { repairOf } from '../domain/repair.ts';
import type { Repair } from '../domain/repair.ts';

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  hellip: '…',
  mdash: '—',
  middot: '·',
};
/** Tags that begin a new line. */
const BREAKS: ReadonlySet<string> = new Set(['p', 'br', 'div', 'li', 'tr', 'h1', 'h2', 'h3', 'h4', 'blockquote']);
/** Elements whose content is no text. */
const HIDDEN: ReadonlyMap<string, RegExp> = new Map(
  ['script', 'style', 'head', 'template', 'noscript'].map((name) => [name, new RegExp(`</${name}`, 'gi')]),
);

/**
 * The words of a piece of HTML: tags taken out, entities once resolved. In one pass, so that no input takes longer than its length
 * says; a `<` that begins no tag stays. What comes out is text, and is only ever shown as text.
 */
export function htmlToText(html: string, field: string, repairs: Repair[]): string {
  if (!/[<&]/.test(html)) return html.trim();
  let out = '';
  for (let at = 0; at < html.length;) {
    const open = html.indexOf('<', at);
    if (open === -1) {
      out += html.slice(at);
      break;
    }
    out += html.slice(at, open);
    const tag = /^<(\/?)([a-z][a-z0-9]*)|^<[!?]/i.exec(html.slice(open, open + 40));
    const close = tag === null ? -1 : html.indexOf('>', open);
    if (tag === null || close === -1) {
      // Without an end there is no tag either, and no later one: the rest is text.
      if (tag !== null) {
        out += html.slice(open);
        break;
      }
      out += '<';
      at = open + 1;
      continue;
    }
    const name = (tag[2] ?? '').toLowerCase();
    at = close + 1;
    if (BREAKS.has(name)) out += '\n';
    const ends = tag[1] === '' ? HIDDEN.get(name) : undefined;
    if (ends === undefined) continue;
    ends.lastIndex = at;
    const end = ends.exec(html);
    if (end === null) break;
    at = end.index;
  }
  const text = resolve(out)
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim();
  if (text !== html.trim()) repairs.push(repairOf(field, 'markup-removed', html, text));
  return text;
}

function resolve(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return NAMED[name.toLowerCase()] ?? whole;
    const point = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)
      ? String.fromCodePoint(point)
      : whole;
  });
}
