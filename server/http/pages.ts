import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { OPEN } from './policy.ts';

/** Addresses that the one page of the web app draws itself. */
/** Addresses that the web app draws. */
export const SCREENS = [
  '/',
  '/wall',
  '/sources',
  '/sign-in',
  '/people',
  '/audit',
  '/desk',
  '/handoffs',
  '/matrix',
  '/channels',
  '/oncall',
  '/watches',
  '/incident',
  '/refutations',
  '/assessment',
  '/report',
  '/search',
  '/settings',
  '/taxonomy',
  '/places',
  '/retention',
  '/models',
] as const;

const NOT_BUILT =
  '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>问必答</title></head><body><h1>问必答</h1>' +
  '<p>页面还没有构建。请在程序目录运行 <code>npm run build</code>，然后重新启动。</p>' +
  '<p lang="en">The web page is not built yet: run <code>npm run build</code>, then start again.</p></body></html>';

/** The web app from the folder that vite wrote, or, where that is missing, a page that says how to build it. */
export async function pages(app: FastifyInstance, webDir: string | undefined): Promise<void> {
  const index = webDir === undefined ? undefined : join(webDir, 'index.html');
  if (webDir === undefined || index === undefined || !existsSync(index)) {
    for (const screen of SCREENS) {
      app.get(screen, { schema: { hide: true }, config: { policy: OPEN } }, (_request, reply) =>
        reply.code(503).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(NOT_BUILT),
      );
    }
    return;
  }
  const whole = readFileSync(index, 'utf8');
  for (const screen of SCREENS) {
    // A screen whose parts should all be fetched at once has a page of its own that names them.
    const own = join(webDir, `${screen === '/' ? 'index' : screen.slice(1)}.html`);
    const page = existsSync(own) ? readFileSync(own, 'utf8') : whole;
    app.get(screen, { schema: { hide: true }, config: { policy: OPEN } }, (_request, reply) =>
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page),
    );
  }
  await app.register(fastifyStatic, {
    root: webDir,
    index: false,
    cacheControl: false,
    preCompressed: true,
    setHeaders: (response, path) => {
      // vite puts a hash of the content into every name under assets/, so what a name stands for never changes.
      const hashed = path.startsWith(join(webDir, 'assets'));
      response.setHeader('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
