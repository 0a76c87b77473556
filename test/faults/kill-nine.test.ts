import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openInbox } from '../../server/adapters/inbox/sqlite-inbox.ts';
import { openDb } from '../../server/adapters/sqlite/open-db.ts';

const ROWS = 20_000;
const KILLS = 10;

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wenbida-kill-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const fields = (at: number): { id: number; text: string; time: string; author: string } => ({
  ...{ id: at, text: `第${at}户说今天又停水了`, time: '2026-11-20T21:03:05+08:00', author: `u${at % 977}` },
});
const lines = (line: (at: number) => string): string => Array.from({ length: ROWS }, (_, at) => line(at)).join('\n');
const asJsonLines = (): string =>
  lines((at) => {
    const { author, ...post } = fields(at);
    return JSON.stringify({ ...post, author: { key: author } });
  });
const asPackedCsv = (): Buffer =>
  gzipSync(`id,text,time,author_key\n${lines((at) => Object.values(fields(at)).join(','))}`);

test.each([
  ['posts.jsonl', KILLS, asJsonLines],
  ['posts.csv.gz', 3, asPackedCsv],
] as const)(
  'an import of %s killed %i times at random moments has every accepted post once, and finishes when repeated',
  async (name, times, content) => {
    const file = join(dir, name);
    writeFileSync(file, content());
    const acked: string[] = [];
    for (let kills = 0; kills < times; kills++) {
      // Each run is let through one to three new batches, so that ten kills end before the file does.
      const code = await importUntil(file, acked, 1 + Math.floor(Math.random() * 3), Math.random() * 25);
      expect(code, 'the child was to be killed').toBeNull();
      const stored = idsInInbox();
      expect(new Set(stored).size).toBe(stored.length);
      const there = new Set(stored);
      expect(acked.filter((id) => !there.has(id))).toEqual([]);
    }
    expect(new Set(acked).size, 'no post was answered as accepted twice').toBe(acked.length);
    expect(await importUntil(file, acked, Infinity, 0)).toBe(0);
    const stored = idsInInbox();
    expect(stored).toHaveLength(ROWS);
    expect(new Set(stored).size).toBe(ROWS);
    const db = openDb(join(dir, 'inbox.sqlite'));
    expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    db.close();
  },
  300_000,
);

/** Runs the import, collecting what it answers; kills it `delay` ms after `batches` batches with new posts. Answers its exit code. */
function importUntil(file: string, acked: string[], batches: number, delay: number): Promise<number | null> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', new URL('./importing-child.ts', import.meta.url).pathname, dir, file],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  let fresh = 0;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const ids = readIds(line);
    acked.push(...ids);
    if (ids.length > 0 && ++fresh === batches) setTimeout(() => child.kill('SIGKILL'), delay);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== null && code !== 0) reject(new Error(`the import ended with ${code}: ${said}`));
      else resolve(code);
    });
  });
}

/** The last line of a killed child may be cut: what it says was not heard, so it does not count as answered. */
function readIds(line: string): string[] {
  return line.endsWith(']') ? (JSON.parse(line) as string[]) : [];
}

function idsInInbox(): string[] {
  const inbox = openInbox(join(dir, 'inbox.sqlite'));
  const ids = inbox.read(0, ROWS * 2).map((row) => row.post.nativeId);
  void inbox.close();
  return ids;
}
