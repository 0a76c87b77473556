import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../server/package-root.ts';
import { missingChromium, openBrowser } from '../chromium.ts';
import { startDemo } from '../demo-server.ts';
import { shotsOf, type Shot } from './shots.ts';
import { workOnFile } from './work-on-file.ts';

/**
 * `npm run screens`: plays the drill at its own pace, works on one file, and takes every picture of docs/screens anew. All of it
 * is invented, so the pictures may be shown to anybody.
 */
const FOLDER = join(packageRoot(), 'docs', 'screens');
/** The drill is in full swing then: six of its incidents are open. */
const FULL_SWING_MS = 95_000;
/** For charts and fonts to settle. */
const SETTLED_MS = 2_500;
const JPEG_QUALITY = 82;

const because = missingChromium();
if (because !== undefined) throw new Error(because);
const demo = await startDemo([], { WENBIDA_PUBLIC: 'on' });
try {
  process.stderr.write(`the drill plays at ${demo.url}\n`);
  await new Promise((resolve) => setTimeout(resolve, FULL_SWING_MS));
  const worked = await workOnFile(demo.url);
  mkdirSync(FOLDER, { recursive: true });
  for (const shot of shotsOf({ worked })) {
    await take(demo.url, shot);
    process.stderr.write(`${shot.file}\n`);
  }
} finally {
  await demo.stop();
}

/** In a browser of its own, so that nothing one page remembers shows on the next. */
async function take(url: string, { file, path, size: [width, height], before }: Shot): Promise<void> {
  const browser = await openBrowser({ width, height });
  try {
    const page = await browser.context.newPage();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`${url}${path}`, { waitUntil: 'load' });
    await page.evaluate('document.fonts.ready.then(() => true)');
    await page.waitForTimeout(SETTLED_MS);
    await before?.(page);
    await page.screenshot({
      path: join(FOLDER, file),
      ...(file.endsWith('.jpg') ? { type: 'jpeg' as const, quality: JPEG_QUALITY } : {}),
    });
  } finally {
    await browser.close();
  }
}
