import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { openInbox } from '../server/adapters/inbox/sqlite-inbox.ts';
import { packageRoot } from '../server/package-root.ts';
import { bombFiles } from './bomb-files.ts';
import { machine, round, type Report } from './figure.ts';

const MB = 1024 * 1024;
/** Clock ticks a second in /proc. */
const TICKS = 100;
const FILE_BYTES = 1024 * MB;
const RESUMED_ROWS = 200_000;
const KILLED_AT = [0.15, 0.4, 0.7];
const WORDS =
  '东关 西街 北路 南巷 停水 断电 路灯 坏了 积水 今天 早上 没人管 小区 门口 垃圾 清运 公交 改线 施工 扰民 夜里 噪声 孩子 上学 老人 出行 不便 请问 有关 部门 几点 修好'.split(
    ' ',
  );

/**
 * Files into the inbox as people have it: `wenbida import` in a process of its own, measured from outside. A 1 GB JSON Lines file,
 * the same killed on its way and repeated, and what each bomb costs beside a file of one row.
 */
export async function benchSources(report: Report): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'wenbida-sources-'));
  try {
    await benchLargeFile(dir, report);
    await benchResume(dir, report);
    await benchBombs(dir, report);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function benchLargeFile(dir: string, report: Report): Promise<void> {
  const file = join(dir, 'large.jsonl');
  const rows = await writePosts(file, (_, bytes) => bytes < FILE_BYTES);
  const { seconds, highest, imported, cpu } = await runImport(file, join(dir, 'large'));
  const rate = rows / seconds;
  const note = `${rows} rows, ${round(statSync(file).size / MB, 0)} MB, ${machine()}`;
  const figure = { bench: 'sources', note };
  report({
    ...figure,
    name: 'rows a second, file to inbox',
    value: round(rate, 0),
    unit: 'rows/s',
    bar: '≥ 10000',
    ok: rate >= 10_000,
  });
  report({ ...figure, name: 'CPU a row', value: round((cpu / rows) * 1e6), unit: 'µs' });
  report({
    ...figure,
    name: 'memory at its highest',
    value: round(highest, 0),
    unit: 'MB',
    bar: '≤ 300',
    ok: highest <= 300,
  });
  const lost = rows - (imported?.accepted ?? 0);
  report({ ...figure, name: 'rows not accepted', value: lost, unit: 'rows', bar: '= 0', ok: lost === 0 });
  rmSync(file);
  rmSync(join(dir, 'large'), { recursive: true, force: true });
}

async function benchResume(dir: string, report: Report): Promise<void> {
  const file = join(dir, 'resumed.jsonl');
  const varDir = join(dir, 'resumed');
  await writePosts(file, (rows) => rows < RESUMED_ROWS);
  for (const share of KILLED_AT) await killImport(file, varDir, share * RESUMED_ROWS);
  await runImport(file, varDir);
  const inbox = openInbox(join(varDir, 'inbox.sqlite'));
  const ids = new Set<string>();
  let kept = 0;
  for (let after = 0; ;) {
    const read = inbox.read(after, 5_000);
    if (read.length === 0) break;
    for (const { post } of read) ids.add(post.nativeId);
    kept += read.length;
    after = read.at(-1)?.offset ?? after;
  }
  await inbox.close();
  const wrong = Math.abs(kept - RESUMED_ROWS) + (kept - ids.size);
  const note = `${RESUMED_ROWS} rows, killed ${KILLED_AT.length} times with SIGKILL, ${machine()}`;
  report({
    bench: 'sources',
    name: 'rows lost or twice after kill -9',
    value: wrong,
    unit: 'rows',
    bar: '= 0',
    ok: wrong === 0,
    note,
  });
}

/** Each bomb beside a file of one row: the same command, the same start of the process. */
async function benchBombs(dir: string, report: Report): Promise<void> {
  const plain = join(dir, 'plain.jsonl');
  writeFileSync(plain, '{"id":"1","text":"停水","time":"2026-11-20T21:03:05+08:00"}\n');
  const files = bombFiles(dir);
  for (const { name, path, usual } of files) {
    const base = await runImport(usual ?? plain, join(dir, 'base'));
    const { seconds, highest, said } = await runImport(path, join(dir, 'bomb'));
    const [took, more] = [Math.max(0, seconds - base.seconds), Math.max(0, highest - base.highest)];
    const note = `${/(?:未收：|：)(?=[^：]*(?:压缩|实体|超过|MB))([^\n]*)/.exec(said)?.[1]?.slice(0, 60) ?? 'not refused'}, ${machine()}`;
    const refused = !note.startsWith('not refused');
    const figure = { bench: 'sources', note };
    report({
      ...figure,
      name: `${name}: time`,
      value: round(took, 2),
      unit: 's',
      bar: '≤ 1',
      ok: refused && took <= 1,
    });
    report({
      ...figure,
      name: `${name}: memory`,
      value: round(more, 0),
      unit: 'MB',
      bar: '≤ 30',
      ok: refused && more <= 30,
    });
    rmSync(path);
  }
}

/** Posts of invented words, of some 700 bytes. @returns how many */
async function writePosts(path: string, more: (rows: number, bytes: number) => boolean): Promise<number> {
  const out = createWriteStream(path);
  let seed = 1;
  const next = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  let [rows, bytes] = [0, 0];
  for (; more(rows, bytes); rows++) {
    let text = '';
    for (let left = 60 + next(60); left > 0; left--) text += WORDS[next(WORDS.length)] ?? '';
    const line = JSON.stringify({
      ...{ id: `p${rows}`, platform: 'weibo', kind: 'post', text, url: `https://weibo.example/${rows}` },
      ...{ time: new Date(1_790_000_000_000 + rows * 1_000).toISOString(), author: { key: `u${rows % 50_000}` } },
      ...{ counts: { like: rows % 100, comment: rows % 10, repost: rows % 7 }, hints: { province: '河南' } },
    });
    bytes += Buffer.byteLength(line) + 1;
    if (!out.write(`${line}\n`)) await once(out, 'drain');
  }
  out.end();
  await finished(out);
  return rows;
}

interface Run {
  readonly seconds: number;
  /** Resident memory at its highest, MB. */
  readonly highest: number;
  /** CPU seconds, all threads. */
  readonly cpu: number;
  readonly imported: { readonly rows: number; readonly accepted: number } | undefined;
  readonly said: string;
}

function start(file: string, varDir: string): ChildProcess {
  return spawn(process.execPath, [join(packageRoot(), 'bin', 'wenbida.js'), 'import', file], {
    env: { ...process.env, WENBIDA_VAR: varDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function runImport(file: string, varDir: string): Promise<Run> {
  const began = performance.now();
  const child = start(file, varDir);
  let [out, said, highest, cpu] = ['', '', 0, 0];
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const watch = setInterval(() => {
    highest = Math.max(highest, highestOf(child.pid));
    cpu = Math.max(cpu, cpuOf(child.pid));
  }, 20);
  await once(child, 'close');
  clearInterval(watch);
  const line = out.trim().split('\n').at(-1) ?? '';
  const imported = line === '' ? undefined : (JSON.parse(line) as { rows: number; accepted: number });
  return { seconds: (performance.now() - began) / 1000, highest, cpu, imported, said };
}

/** Kills an import once the inbox holds this many rows. */
async function killImport(file: string, varDir: string, rows: number): Promise<void> {
  const child = start(file, varDir);
  const closed = once(child, 'close');
  const path = join(varDir, 'inbox.sqlite');
  for (let tries = 0; tries < 6_000 && child.exitCode === null; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (tries % 10 === 9 && countOf(path) >= rows) break;
  }
  child.kill('SIGKILL');
  await closed;
}

function countOf(path: string): number {
  try {
    const inbox = openInbox(path);
    const last = inbox.last();
    void inbox.close();
    return last;
  } catch (error) {
    // It is being made just now.
    if (error instanceof Error) return 0;
    throw error;
  }
}

const highestOf = (pid: number | undefined): number =>
  Number(/VmHWM:\s+(\d+)/.exec(ofProcess(pid, 'status'))?.[1] ?? 0) / 1024;

function cpuOf(pid: number | undefined): number {
  const fields = ofProcess(pid, 'stat').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS;
}

function ofProcess(pid: number | undefined, what: string): string {
  try {
    return readFileSync(`/proc/${String(pid)}/${what}`, 'utf8');
  } catch (error) {
    // It has just ended.
    if (error instanceof Error && 'code' in error) return '';
    throw error;
  }
}
