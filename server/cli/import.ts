import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Writable } from 'node:stream';
import { SourceFault } from '../../pipelines/0-source/bytes.ts';
import { sayDetected } from '../../pipelines/0-source/detect.ts';
import { FORMATS, fileRows } from '../../pipelines/0-source/file.ts';
import type { Format } from '../../pipelines/0-source/file.ts';
import type { Mapping } from '../../pipelines/0-source/mapping.ts';
import type { Intake } from '../../pipelines/1-intake/take-in.ts';
import { readTime } from '../../pipelines/1-intake/time.ts';
import { REPAIR_WORDS } from '../../pipelines/domain/repair.ts';
import type { RepairKind } from '../../pipelines/domain/repair.ts';
import type { RawRow } from '../../pipelines/ports/source.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { readConfig } from '../config.ts';
import { fileTools } from '../file-tools.ts';
import { openFrontDoor } from '../front-door.ts';
import { loadMapping, loadMappings } from '../load-mappings.ts';
import { previewRows } from '../preview-rows.ts';
import { EXIT, type Streams } from './lines.ts';
import { openProgress } from './progress.ts';

/** Rows that share one commit. */
export const BATCH = 500;
/** Refused rows named on stderr, each file; all of them are in the dead letters. */
const NAMED = 20;

export interface ImportOptions {
  readonly format: Format | 'auto';
  /** Name of the source; default the file's name without its endings. */
  readonly source?: string;
  /** Mappings to recognise tables by, or the one to read by where the format is `mapping`. */
  readonly mappings?: readonly Mapping[];
  /** When the files' rows were seen, epoch ms. */
  readonly seen?: number;
}

export interface ImportDeps {
  readonly accept: Intake['accept'];
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** One line of stdout a file. */
export interface Imported {
  readonly file: string;
  /** What it was read as; null where it could not be opened. */
  format: Format | null;
  rows: number;
  accepted: number;
  duplicate: number;
  rejected: number;
  /** Accepted or known rows in which something was repaired. */
  repaired: number;
  /** How often each kind of repair was made. */
  readonly repairs: Partial<Record<RepairKind, number>>;
}

/** 东关街道.2026-11.jsonl.gz → 东关街道.2026-11 */
export const sourceNameOf = (file: string): string =>
  basename(file).replace(/(?:\.(?:jsonl|ndjson|json|csv|tsv|txt|xlsx|db|sqlite|xml))?(?:\.gz)?$/i, '') || 'import';

/**
 * Takes files in, one after another. Importing a file again is harmless: what is known counts as duplicate, so an import that
 * was cut off is finished by repeating it.
 * @returns the exit code: 0, 1 where a file could not be read to its end, 3 where rows were refused
 * @throws InboxFull and other faults of the inbox
 */
export async function importFiles(files: readonly string[], options: ImportOptions, deps: ImportDeps): Promise<number> {
  const bytes = await Promise.all(files.map(sizeOf));
  const progress = openProgress(
    '导入',
    bytes.reduce((sum, size) => sum + size, 0),
    deps.stderr,
  );
  let code: number = EXIT.ok;
  try {
    for (const file of files) {
      const none = { rows: 0, accepted: 0, duplicate: 0, rejected: 0, repaired: 0 };
      const done: Imported = { file, format: null, ...none, repairs: {} };
      try {
        await importFile(file, done, options, deps, progress);
      } catch (error) {
        if (!(error instanceof SourceFault)) throw error;
        progress.say(error.message);
        code = EXIT.fault;
      }
      if (done.rejected > 0 && code === EXIT.ok) code = EXIT.rejected;
      deps.stdout.write(`${JSON.stringify(done)}\n`);
      const { rows, accepted, duplicate, rejected, repaired } = done;
      progress.say(
        `${file}：共 ${rows} 行，收下 ${accepted}，重复 ${duplicate}，未收 ${rejected}，其中 ${repaired} 行有修正` +
          sayRepairs(done.repairs) +
          (rejected > NAMED ? `；未收的只列出前 ${NAMED} 行，全部留在死信里` : ''),
      );
    }
  } finally {
    progress.stop();
  }
  return code;
}

async function importFile(
  file: string,
  done: Imported,
  options: ImportOptions,
  deps: ImportDeps,
  progress: ReturnType<typeof openProgress>,
): Promise<void> {
  const source = options.source ?? sourceNameOf(file);
  let batch: RawRow[] = [];
  const flush = async (): Promise<void> => {
    const rows = batch;
    batch = [];
    if (rows.length === 0) return;
    for (const { row, outcome, because, repairs } of await deps.accept(rows, source)) {
      done.rows++;
      done[outcome]++;
      if (repairs !== undefined) done.repaired++;
      for (const { kind } of repairs ?? []) done.repairs[kind] = (done.repairs[kind] ?? 0) + 1;
      if (outcome === 'rejected' && done.rejected <= NAMED) progress.say(`${file} 第 ${row} 行未收：${because ?? ''}`);
    }
  };
  const { format, mappings, seen } = options;
  const rows = fileRows(file, {
    ...fileTools,
    format,
    ...(mappings !== undefined && { mappings }),
    seen,
    now: systemClock.now(),
    onBytes: (count) => progress.add(count),
    onDetected(detected) {
      done.format = detected.format;
      progress.say(`${file}：${sayDetected(detected)}`);
    },
    onIgnored(what, names) {
      progress.say(`${file}：这些${what === 'columns' ? '列用不上' : '表不是帖文'}，已略过：${names.join('、')}`);
    },
  });
  try {
    for await (const row of rows) {
      batch.push(row);
      if (batch.length === BATCH) await flush();
    }
  } finally {
    // What was read before a fault is good.
    await flush();
  }
}

/** ；修正：没有时区，按北京时间 12 处 */
function sayRepairs(repairs: Imported['repairs']): string {
  const kinds = (Object.entries(repairs) as [RepairKind, number][]).sort(([, a], [, b]) => b - a);
  return kinds.length === 0
    ? ''
    : `（${kinds.map(([kind, count]) => `${REPAIR_WORDS[kind]} ${count} 处`).join('；')}）`;
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    // Reading it says what is wrong, in its turn.
    if (error instanceof Error && 'code' in error) return 0;
    throw error;
  }
}

export interface ImportFlags {
  readonly format: string;
  readonly source?: string;
  readonly mapping?: string;
  readonly seen?: string;
  readonly preview?: boolean;
}

/** `wenbida import`: straight into this deployment's inbox, whether or not it is being served just now. */
export async function importCommand(files: readonly string[], flags: ImportFlags, streams: Streams): Promise<number> {
  const known = ['auto', ...FORMATS] as const;
  const format = known.find((one) => one === flags.format);
  if (format === undefined) {
    streams.stderr.write(`--format 只能是 ${known.join('、')} 之一，不能是“${flags.format}”\n`);
    return EXIT.usage;
  }
  if (format === 'mapping' && flags.mapping === undefined) {
    streams.stderr.write('--format mapping 要用 --mapping 给出映射文件\n');
    return EXIT.usage;
  }
  const now = systemClock.now();
  const seen = flags.seen === undefined ? undefined : readTime('--seen', flags.seen, { now });
  if (seen !== undefined && 'because' in seen) {
    streams.stderr.write(`${seen.because}\n`);
    return EXIT.usage;
  }
  const options: ImportOptions = {
    format: flags.mapping === undefined ? format : 'mapping',
    mappings:
      flags.mapping === undefined
        ? await loadMappings(readConfig(process.env).varDir)
        : [await loadMapping(flags.mapping)],
    ...(flags.source !== undefined && { source: flags.source }),
    ...(seen !== undefined && { seen: seen.at }),
  };
  if (flags.preview === true) return previewFiles(files, { ...options, now }, streams);
  return withIntake((accept) =>
    importFiles(files, options, { accept, stdout: streams.stdout, stderr: streams.stderr }),
  );
}

/** The first 20 rows of each file as they would be taken, one JSON line a row; nothing is kept. */
async function previewFiles(
  files: readonly string[],
  options: ImportOptions & { readonly now: number },
  { stdout, stderr }: Streams,
): Promise<number> {
  let code: number = EXIT.ok;
  for (const file of files) {
    try {
      const { detected, ignored, rows } = await previewRows(file, options);
      if (detected !== undefined) stderr.write(`${file}：${sayDetected(detected)}\n`);
      if (ignored.length > 0) stderr.write(`${file}：已略过：${ignored.join('、')}\n`);
      for (const row of rows) stdout.write(`${JSON.stringify(row)}\n`);
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error;
      stderr.write(`${error.message}\n`);
      code = EXIT.fault;
    }
  }
  return code;
}

/** Runs with the deployment's own front door open, and closes it. */
export async function withIntake(work: (accept: Intake['accept']) => Promise<number>): Promise<number> {
  const { varDir } = readConfig(process.env);
  const front = openFrontDoor(varDir, systemClock);
  try {
    return await work((rows, source, platform) => front.intake.accept(rows, source, platform));
  } finally {
    await front.close();
  }
}
