import type { Page } from 'playwright-core';

export interface Layout {
  /** Texts that are cut off without saying so by an ellipsis, stick out of the window, or cover one another. */
  readonly faults: readonly string[];
  /** The smallest font in use, in px. */
  readonly least: number;
  readonly scrolls: boolean;
}

/**
 * Runs in the page, so it is a script of its own. Every visible text node is measured by the boxes of its glyph lines: it
 * must lie in the window and inside every ancestor that clips, unless one of them ends it by an ellipsis or a line clamp.
 */
const SCRIPT = `(() => {
  const faults = [];
  const boxes = [];
  let least = Infinity;
  const top = document.querySelector('dialog[open]') ?? document.body;
  const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent.trim();
    const parent = node.parentElement;
    if (text === '' || parent.closest('.vh, script, style, noscript, [hidden]')) continue;
    const style = getComputedStyle(parent);
    if (style.visibility === 'hidden' || style.display === 'none') continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 0 && rect.height > 0);
    if (rects.length === 0) continue;
    least = Math.min(least, parseFloat(style.fontSize));
    let clips = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    let shortened = false;
    let scrolled = false;
    for (let at = parent; at; at = at.parentElement) {
      const css = getComputedStyle(at);
      if (css.overflowX === 'auto' || css.overflowY === 'auto') scrolled = true;
      if (css.overflowX === 'visible') continue;
      if (css.textOverflow === 'ellipsis' || css.webkitLineClamp !== 'none') shortened = true;
      const rect = at.getBoundingClientRect();
      clips = { left: Math.max(clips.left, rect.left), top: Math.max(clips.top, rect.top), right: Math.min(clips.right, rect.right), bottom: Math.min(clips.bottom, rect.bottom) };
    }
    if (scrolled) continue;
    for (const rect of rects) {
      // A line box is taller than its glyphs: the ink of Chinese text fills about the middle three quarters.
      const pad = Math.max(0, (rect.height - parseFloat(style.fontSize)) / 2);
      const ink = { left: rect.left + 1, right: rect.right - 1, top: rect.top + pad + 1, bottom: rect.bottom - pad - 1, text, parent };
      const out = ink.left < clips.left - 1 || ink.right > clips.right + 1 || ink.top < clips.top - 1 || ink.bottom > clips.bottom + 1;
      if (out && !shortened) faults.push('clipped: ' + text);
      const seen = { ...ink, left: Math.max(ink.left, clips.left), right: Math.min(ink.right, clips.right), top: Math.max(ink.top, clips.top), bottom: Math.min(ink.bottom, clips.bottom) };
      if (seen.right > seen.left && seen.bottom > seen.top) boxes.push(seen);
    }
  }
  for (let i = 0; i < boxes.length; i++) {
    for (let j = i + 1; j < boxes.length; j++) {
      const a = boxes[i], b = boxes[j];
      // A text that ends in an ellipsis has its hidden rest measured at the same place.
      if (a.parent === b.parent) continue;
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const tall = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 2 && tall > 2) faults.push('overlap: ' + a.text + ' / ' + b.text);
    }
  }
  const root = document.scrollingElement;
  return { faults, least, scrolls: root.scrollHeight > innerHeight || root.scrollWidth > innerWidth };
})()`;

export const readLayout = (page: Page): Promise<Layout> => page.evaluate<Layout>(SCRIPT);
