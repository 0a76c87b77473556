import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openInbox } from '../../server/adapters/inbox/sqlite-inbox.ts';

const KILLS = 5;
const ROWS = 3_000;

let dir: string;
let folder: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-watch-'));
  folder = join(dir, 'crawl');
  mkdirSync(folder);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const write = (from: number, to: number): void =>
  appendFileSync(
    join(folder, 'posts.jsonl'),
    Array.from({ length: to - from }, (_, at) => {
      // Every hundredth row is refused: it must be on the shelf once, too.
      const bad = (from + at) % 100 === 99;
      return `${JSON.stringify({ id: String(from + at), text: `第${from + at}户停水`, ...(bad ? {} : { time: '2026-11-20T21:03:05+08:00' }) })}\n`;
    }).join(''),
  );

test('watching a folder, killed five times while it grows and rotates: no row is lost and none is there twice', async () => {
  let written = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    write(written, (written += ROWS));
    const child = watching();
    await batches(child, 1 + (kill % 3));
    write(written, (written += 200));
    if (kill === 2) renameSync(join(folder, 'posts.jsonl'), join(folder, 'posts.jsonl.1'));
    child.kill('SIGKILL');
    await ended(child);
  }
  const last = watching('--once');
  expect(await ended(last)).toBe(3);
  const inbox = openInbox(join(dir, 'var', 'inbox.sqlite'));
  const ids = inbox.read(0, written * 2).map(({ post }) => Number(post.nativeId));
  const letters = inbox.letters.count().kept;
  await inbox.close();
  const wanted = Array.from({ length: written }, (_, at) => at).filter((at) => at % 100 !== 99);
  expect(ids.sort((a, b) => a - b)).toEqual(wanted);
  expect(letters).toBe(written - wanted.length);
}, 600_000);

function watching(...flags: string[]): ChildProcess {
  return spawn(
    process.execPath,
    ['--import', 'tsx', new URL('./watching-child.ts', import.meta.url).pathname, folder, ...flags],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, WENBIDA_VAR: join(dir, 'var') } },
  );
}

/** Resolves after so many batches were taken. */
function batches(child: ChildProcess, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let seen = 0;
    child.once('exit', (code) => reject(new Error(`watching ended by itself with ${code}`)));
    createInterface({ input: child.stdout! }).on('line', () => {
      if (++seen === count) resolve();
    });
  });
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    else child.once('exit', (code) => resolve(code));
  });
