import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/**
 * Notes in `said` what the page complains of from here on: errors of its scripts, what its policy refused, and any dialog, which only a
 * foreign script opens.
 */
export function complaintsOf(page: Page, said: string[] = []): string[] {
  page.on('pageerror', (error) => said.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/u.test(message.text())) said.push(message.text());
  });
  page.on('dialog', (dialog) => {
    said.push(`a post ran a script: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return said;
}

/** What rises or fades has come to its end: colours on their way are nobody's. What turns for ever is not waited for. */
const atRest = (page: Page): Promise<unknown> =>
  page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(
          ({ playState, effect }) => playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime),
        )
        .map(({ finished }) => finished),
    ).then(() => undefined),
  );

/** What axe finds on the page, or in the part of it that is named; each with the elements it is about. */
export async function axeFaults(page: Page, part?: string): Promise<string[]> {
  await atRest(page);
  const axe = new AxeBuilder({ page });
  const { violations } = await (part === undefined ? axe : axe.include(part)).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

/** How many px of the page stand beyond its right edge. */
export const overTheEdge = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** What runs over the edge, and what axe finds. */
export async function pageFaults(page: Page): Promise<string[]> {
  const over = await overTheEdge(page);
  return [...(over > 0 ? [`${over}px run over the edge`] : []), ...(await axeFaults(page))];
}

/** Those of the elements that can be tapped and are too low for a thumb, each by its beginning: targets are 48 px high on touch. */
export const smallTargets = (page: Page, selector: string): Promise<string[]> =>
  page.evaluate((targets) => {
    // While a dialog is open, nothing else can be tapped; what a keyboard alone reaches stands left of the window.
    const modal = document.querySelector('dialog[open]');
    return [...document.querySelectorAll(targets)].flatMap((one) => {
      const { width, height, left } = one.getBoundingClientRect();
      const isShown = width > 0 && left >= 0 && one.checkVisibility({ visibilityProperty: true });
      const canBeTapped = isShown && (modal === null || modal.contains(one));
      return canBeTapped && height < 47.5 ? [`${Math.round(height)}px: ${one.outerHTML.slice(0, 120)}`] : [];
    });
  }, selector);

/** For whoever works on a page and wants to see it: where WENBIDA_PICTURES names a folder, the picture is left there. */
export async function takePicture(page: Page, name: string, fullPage = true): Promise<void> {
  const folder = process.env['WENBIDA_PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name.replaceAll(' ', '-')}.png`, fullPage });
}
