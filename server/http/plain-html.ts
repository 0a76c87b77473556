/** Pages written by the server, for people without sign-in: whole without script, with one stylesheet. */

/** HTML that was written here or made safe; anything else put into a page is text. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = Html | string | number | null | undefined | false | readonly Part[];

/** A template whose holes are made safe, also inside quoted attributes. */
export const html = (pieces: TemplateStringsArray, ...holes: readonly Part[]): Html =>
  new Html(pieces.map((piece, at) => piece + (at < holes.length ? shown(holes[at]) : '')).join(''));

function shown(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return (part as readonly Part[]).map(shown).join('');
  return escaped(typeof part === 'number' ? String(part) : (part as string));
}

const SPECIAL: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => SPECIAL[letter] ?? letter);

/** Forms on these pages are sent with their origin; a browser that is told no-referrer sends none, and is refused. Nobody else is told where somebody came from. */
export const PLAIN_HEADERS = { 'referrer-policy': 'same-origin' } as const;

const DRILL = html`<p class="drill">演练，内容全属虚构</p>`;

export interface PlainPage {
  readonly title: string;
  readonly office: string;
  readonly drill: boolean;
  readonly nav?: Html;
  readonly body: Html;
  readonly foot: string;
}

export const plainPage = ({ title, office, drill, nav, body, foot }: PlainPage): string =>
  `<!doctype html>\n${
    html`<html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="stylesheet" href="/plain.css" />
      </head>
      <body>
        ${drill && DRILL}
        <header class="top">
          <div class="wide"><b class="mark" aria-hidden="true">问</b><span class="office">${office}</span>${nav}</div>
        </header>
        <main class="wide">${body}</main>
        <footer class="wide"><p>${foot}</p></footer>
      </body>
    </html>`.text
  }`;

const DAY_MS = 86_400_000;
const SHIFT = 8 * 3_600_000;

/** 11月20日 21:47, in Shanghai. */
export function dayAndTime(iso: string): string {
  const at = new Date(Date.parse(iso) + SHIFT);
  return `${at.getUTCMonth() + 1}月${at.getUTCDate()}日 ${at.getUTCHours()}:${String(at.getUTCMinutes()).padStart(2, '0')}`;
}

/** 18分钟, 5小时, 2天, rounded down. */
export function spanOf(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return `${minutes}分钟`;
  if (ms < 2 * DAY_MS) {
    const rest = minutes % 60;
    return `${Math.floor(minutes / 60)}小时${rest === 0 ? '' : `${rest}分钟`}`;
  }
  return `${Math.floor(ms / DAY_MS)}天`;
}
