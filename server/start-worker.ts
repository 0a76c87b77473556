import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts the worker whose file lies beside the caller's: `.js` where built, `.ts` where run from the sources.
 * @param from the caller's import.meta.url
 * @param name such as './worker', without its extension
 */
export function startWorker(from: string, name: string, options: WorkerOptions): Worker {
  if (from.endsWith('.js')) return new Worker(new URL(`${name}.js`, from), options);
  // Node 20 does not run `--import tsx` for a worker's own entry, so a line of plain JavaScript registers tsx first.
  // tsx's CommonJS door looks for its hooks in the wrong folder, hence the module beside it.
  const door = createRequire(import.meta.url)
    .resolve('tsx/esm/api')
    .replace(/\.cjs$/u, '.mjs');
  const tsx = JSON.stringify(pathToFileURL(door).href);
  const entry = JSON.stringify(new URL(`${name}.ts`, from).href);
  const boot = `import(${tsx}).then(({ register }) => { register(); return import(${entry}); })`;
  return new Worker(boot, { ...options, eval: true });
}
