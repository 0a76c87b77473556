import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../server/package-root.ts';

export interface DemoServer {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * The README's first command, from the built output on, as a newcomer starts it; only the port and the folder it keeps things in are other
 * ones. @throws Error with what it said instead of its address
 */
export async function startDemo(
  flags: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<DemoServer> {
  const folder = mkdtempSync(join(tmpdir(), 'wenbida-demo-'));
  const server = spawn(process.execPath, ['bin/wenbida.js', 'serve', '--demo', '--port', '0', ...flags], {
    cwd: packageRoot(),
    env: { ...process.env, WENBIDA_VAR: folder, ELASTICSEARCH_URL: '', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  return {
    url: await addressOf(server),
    async stop() {
      server.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The address it says on its standard error that it listens on. */
function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const address = /http:\/\/127\.0\.0\.1:\d+/u.exec(said)?.[0];
      if (address !== undefined) resolve(address);
    });
    server.once('exit', (code) => reject(new Error(`the server ended with ${code ?? 'a signal'}: ${said}`)));
  });
}
