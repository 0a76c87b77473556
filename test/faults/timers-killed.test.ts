import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CaseEvent } from '../../pipelines/domain/case-event.ts';
import { openCases } from '../../server/adapters/cases/sqlite-cases.ts';

const FILES = 2_000;
const KILLS = 4;

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-timers-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('thousands of clocks run out while the process is killed four times: each is overdue once, none is lost', async () => {
  await runUntil({ files: FILES }, 'ready');
  for (let kill = 0; kill < KILLS; kill++)
    expect(await runUntil({ files: FILES, ahead: 20 }, 1 + Math.floor(Math.random() * 400))).toBeNull();
  await runUntil({ files: FILES, ahead: 20 }, FILES - overdue().length);
  const ids = overdue().map(({ incident }) => incident);
  expect(new Set(ids).size).toBe(FILES);
  expect(ids).toHaveLength(FILES);
}, 300_000);

test('tier after tier takes over while the process is killed in the midst of each: every file climbs by one at a time to the top, and rests there', async () => {
  const files = 600;
  await runUntil({ files }, 'ready');
  // A quarter of an hour for the first, half of it for each above.
  for (const [tier, ahead] of [20, 28, 36].entries()) {
    const left = (): number => files * (tier + 1) - overdue().length;
    for (let kill = 0; kill < 2; kill++)
      expect(await runUntil({ files, ahead }, 1 + Math.floor(Math.random() * 200))).toBeNull();
    // It may have fired more than it could say before it was killed.
    if (left() > 0) expect(await runUntil({ files, ahead }, left())).toBeNull();
    expect(left()).toBe(0);
  }
  const climbs = new Map<string, (string | null)[]>();
  for (const { incident, next } of overdue()) climbs.set(incident, [...(climbs.get(incident) ?? []), next]);
  expect(climbs.size).toBe(files);
  for (const climb of climbs.values()) expect(climb).toEqual(['city', 'ha', null]);
  const book = openCases(join(dir, 'cases.sqlite'), { now: () => 0 });
  expect(book.timers.count()).toBe(0);
  book.close();
}, 300_000);

test('units let the minutes they were given run out while the process is killed: each is late once', async () => {
  const files = 600;
  await runUntil({ files, minutes: 5 }, 'ready');
  const late = (): CaseEvent[] => events().filter(({ act }) => act === 'late');
  for (let kill = 0; kill < 2; kill++)
    expect(await runUntil({ files, ahead: 6 }, 1 + Math.floor(Math.random() * 200))).toBeNull();
  if (late().length < files) expect(await runUntil({ files, ahead: 6 }, files - late().length)).toBeNull();
  expect(new Set(late().map(({ incident }) => incident)).size).toBe(files);
  expect(late()).toHaveLength(files);
  expect(events().filter(({ act }) => act === 'reminded')).toEqual([]);
}, 300_000);

const overdue = () => events().flatMap((event) => (event.act === 'overdue' ? [event] : []));

function events(): CaseEvent[] {
  const book = openCases(join(dir, 'cases.sqlite'), { now: () => 0 });
  const all: CaseEvent[] = [];
  for (let n = 0; ;) {
    const page = book.after(n, 5_000);
    all.push(...page.map(({ event }) => event));
    if (page.length === 0) break;
    n = page.at(-1)!.n;
  }
  book.close();
  return all;
}

interface Run {
  readonly files: number;
  /** Minutes later than it is. */
  readonly ahead?: number;
  /** What one unit of each file is given, where the file is new. */
  readonly minutes?: number;
}

/** Runs a server's timers until it has said the word, or that so many fired, and kills it. Answers its exit code. */
function runUntil({ files, ahead = 0, minutes = 0 }: Run, end: string | number): Promise<number | null> {
  const child = spawn(
    process.execPath,
    [
      ...['--import', 'tsx', new URL('./timers-child.ts', import.meta.url).pathname],
      ...[dir, files, ahead, minutes].map(String),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let fired = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (/^(?:overdue|late)/u.test(line)) fired++;
    if (line === end || fired === end) child.kill('SIGKILL');
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}
