import type { BrowserContext, Page } from 'playwright-core';
import { EVIL, MARKER } from '../seeds/hostile-strings.ts';

/** What came to pass on pages while it was watched: calls of the marker, dialogs, requests to outside, refusals of the policy. */
export interface Watching {
  readonly happened: string[];
  /** What does not belong into this page: elements, attributes and addresses that only a foreign text brings. */
  strangers(page: Page): Promise<string[]>;
}

/** What links of a report name: the port that was wished for, and any was. */
const WISHED = 'http://127.0.0.1:0';

/** Watches everything that a browser opens from here on. @param ours the only origin that may be asked for anything */
export async function watchHostile(context: BrowserContext, ours: string): Promise<Watching> {
  const happened: string[] = [];
  const marked = `__${MARKER}`;
  await context.exposeBinding(marked, (_source, what: string) => void happened.push(what));
  await context.addInitScript(
    ({ name, report }) => {
      const tell = (what: string): void =>
        (globalThis as unknown as Record<string, (what: string) => void>)[report]?.(what);
      Object.defineProperty(globalThis, name, { value: (n: number) => tell(`a text ran: ${n}`) });
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
        tell(`the policy refused ${violatedDirective} ${blockedURI} ${sample}`),
      );
    },
    { name: MARKER, report: marked },
  );
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${ours}/`) && !/^(?:data|blob|about):/u.test(url)) happened.push(`asked for ${url}`);
  });
  context.on('page', (page) => {
    page.on('dialog', (dialog) => {
      happened.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('pageerror', (error) => happened.push(`page error: ${error.message}`));
  });
  return {
    happened,
    async strangers(page) {
      const found: string[] = [];
      for (const frame of page.frames())
        found.push(...(await frame.evaluate(strangersIn, { evil: EVIL, ours, wished: WISHED })));
      return found;
    },
  };
}

/** Runs in the page. */
function strangersIn({ evil, ours, wished }: Readonly<Record<'evil' | 'ours' | 'wished', string>>): string[] {
  const found: string[] = [];
  // The report's own one names no address: its links open outside the frame that shows it.
  const FOREIGN_BASE = 'base:not(head > base[target="_top"]:not([href]):first-of-type)';
  const NEVER = `object,embed,${FOREIGN_BASE},marquee,math,template,xss,animate,foreignObject,video,audio,portal`;
  const ADDRESSES = ['href', 'src', 'action', 'formaction', 'data', 'poster', 'srcset', 'xlink:href', 'background'];
  const start = (element: Element): string => element.outerHTML.slice(0, 120);
  for (const element of document.querySelectorAll('*')) {
    if (element.matches(NEVER) && !(element instanceof HTMLTemplateElement && element.innerHTML === ''))
      found.push(`element ${start(element)}`);
    if (element.matches('script') && !element.src.startsWith(`${ours}/assets/`)) found.push(`script ${start(element)}`);
    if (
      element.matches('meta[http-equiv=refresh i], style:not([data-vite-dev-id])') &&
      element.textContent?.includes(evil)
    )
      found.push(`style ${start(element)}`);
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on')) found.push(`attribute ${name} of ${start(element)}`);
      if (name === 'style' && /url\(|expression/iu.test(value)) found.push(`style of ${start(element)}`);
      if (!ADDRESSES.includes(name) || value === '') continue;
      const { protocol, origin } = new URL(value, document.baseURI === 'about:srcdoc' ? ours : document.baseURI);
      const isOurs = [ours, wished].includes(origin) || ['blob:', 'mailto:', 'tel:'].includes(protocol);
      const isPicture = protocol === 'data:' && element.matches('img, link[rel=icon]');
      // A post may link to where it was published; that is an address of the web and opens nothing by itself.
      const isLink = element.matches('a[rel~=noopener], a[rel~=noreferrer]') && /^https?:$/u.test(protocol);
      if (!isOurs && !isPicture && !isLink) found.push(`address ${name}=${value.slice(0, 80)}`);
    }
  }
  return found;
}
