import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCases } from '../../server/adapters/cases/sqlite-cases.ts';

const FILES = 2_000;
const KILLS = 4;

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-timers-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('thousands of clocks run out while the process is killed four times: each is overdue once, none is lost', async () => {
  await runUntil(0, 'ready');
  for (let kill = 0; kill < KILLS; kill++) expect(await runUntil(20, 1 + Math.floor(Math.random() * 400))).toBeNull();
  await runUntil(20, FILES - overdue().length);
  const ids = overdue();
  expect(new Set(ids).size).toBe(FILES);
  expect(ids).toHaveLength(FILES);
}, 300_000);

function overdue(): string[] {
  const book = openCases(join(dir, 'cases.sqlite'), { now: () => 0 });
  const ids: string[] = [];
  for (let n = 0; ;) {
    const page = book.after(n, 5_000);
    ids.push(...page.flatMap(({ event }) => (event.act === 'overdue' ? [event.incident] : [])));
    if (page.length === 0) break;
    n = page.at(-1)!.n;
  }
  book.close();
  return ids;
}

/** Runs a server's timers `ahead` minutes late until it has said the word, or that so many fired, and kills it. Answers its exit code. */
function runUntil(ahead: number, end: string | number): Promise<number | null> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', new URL('./timers-child.ts', import.meta.url).pathname, dir, String(FILES), String(ahead)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let fired = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('overdue')) fired++;
    if (line === end || fired === end) child.kill('SIGKILL');
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}
