import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addToken } from '../server/http/tokens.ts';
import type { IngestAnswer } from '../server/contract/http.ts';
import type { Health } from '../server/contract/pulse.ts';
import { packageRoot } from '../server/package-root.ts';

/** A real server in a process of its own, with a fresh folder; measured from outside. */
export interface ChildServer {
  readonly url: string;
  readonly pid: number;
  readonly varDir: string;
  /** From spawn to the first healthy answer, ms. */
  readonly readyMs: number;
  /** CPU seconds used so far, all threads. */
  cpu(): number;
  /** Resident memory, MB: now and at its highest. */
  memory(): { now: number; highest: number };
  post(rows: readonly unknown[]): Promise<IngestAnswer>;
  health(): Promise<Health>;
  /** Resolves when everything accepted has been watched and indexed. */
  drained(): Promise<void>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const TICKS = 100;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function startServer(env: Record<string, string> = {}, keep?: string): Promise<ChildServer> {
  const varDir = keep ?? mkdtempSync(join(tmpdir(), 'wenbida-bench-'));
  const token = addToken(join(varDir, 'tokens.json'), `bench-${process.hrtime.bigint()}`);
  const began = performance.now();
  const child: ChildProcess = spawn(
    process.execPath,
    [join(packageRoot(), 'bin', 'wenbida.js'), 'serve', '--port', '0'],
    {
      env: { ...process.env, WENBIDA_VAR: varDir, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      if (found !== null) resolve(found[0]);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with code ${code}: ${said}`)));
  });
  const get = async (path: string): Promise<Response> => fetch(`${url}${path}`);
  while (!(await get('/api/v1/health').catch(() => undefined))?.ok) await sleep(20);
  const readyMs = performance.now() - began;
  const pid = child.pid ?? 0;
  const health = async (): Promise<Health> => (await (await get('/api/v1/health')).json()) as Health;
  return {
    url,
    pid,
    varDir,
    readyMs,
    cpu() {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) / TICKS;
    },
    memory() {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const read = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
      return { now: read('VmRSS'), highest: read('VmHWM') };
    },
    async post(rows) {
      const answer = await fetch(`${url}/api/v1/posts`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${token}` },
        body: rows.map((row) => JSON.stringify(row)).join('\n'),
      });
      if (!answer.ok) throw new Error(`POST posts answered ${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as IngestAnswer;
    },
    health,
    async drained() {
      for (;;) {
        const { inbox } = await health();
        if (inbox.watchLag === 0 && inbox.indexLag === 0) return;
        await sleep(50);
      }
    },
    async stop(signal = 'SIGTERM') {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill(signal);
      await ended;
      if (keep === undefined) rmSync(varDir, { recursive: true, force: true });
    },
  };
}
