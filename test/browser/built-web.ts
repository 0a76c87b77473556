import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll } from 'vitest';
import { packageRoot } from '../../server/package-root.ts';
import { missingChromium } from './chromium.ts';

const DIST = join(packageRoot(), 'dist', 'web');
/** What the pages are made of. */
const SOURCES = ['web', 'pipelines', 'server/contract'];

/** Why tests over the server as it is built cannot run here, for `describeLane`; undefined where they can. */
export function missingBuild(): string | undefined {
  if (existsSync(join(DIST, 'index.html'))) return missingChromium();
  const because = 'nothing is built: npm run build';
  if (process.env['CI'] === 'true') throw new Error(because);
  return because;
}

/** The pages as they are built for people, for the tests of a group: what `npm run build` left, or where a source is newer, built anew. */
export function builtWeb(): { readonly dir: string } {
  const web = { dir: DIST };
  let ownDir: string | undefined;
  beforeAll(async () => {
    if (isFresh()) return;
    ownDir = mkdtempSync(join(tmpdir(), 'wenbida-web-'));
    web.dir = ownDir;
    await buildInto(ownDir);
  });
  afterAll(() => {
    if (ownDir !== undefined) rmSync(ownDir, { recursive: true, force: true });
  });
  return web;
}

function isFresh(): boolean {
  const made = join(DIST, 'index.html');
  if (!existsSync(made)) return false;
  const madeAt = statSync(made).mtimeMs;
  return SOURCES.every((folder) =>
    readdirSync(join(packageRoot(), folder), { recursive: true, withFileTypes: true }).every(
      (one) => !one.isFile() || statSync(join(one.parentPath, one.name)).mtimeMs <= madeAt,
    ),
  );
}

async function buildInto(dir: string): Promise<void> {
  const root = join(packageRoot(), 'web');
  // The test runner says NODE_ENV=test, by which Svelte is built for its developers: such a page notes where each change came from.
  const { NODE_ENV } = process.env;
  process.env['NODE_ENV'] = 'production';
  try {
    await build({
      root,
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: dir, emptyOutDir: true },
    });
  } finally {
    process.env['NODE_ENV'] = NODE_ENV;
  }
}
