import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What the page complains of from here on: errors of its scripts, what its policy refused, and any dialog, which only a foreign script opens. */
export function complaintsOf(page: Page): string[] {
  const said: string[] = [];
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

/** What axe finds on the page, or in the part of it that is named; each with the elements it is about. */
export async function axeFaults(page: Page, part?: string): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (part === undefined ? axe : axe.include(part)).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
