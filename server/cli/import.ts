import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Writable } from 'node:stream';
import { FORMATS, fileRows } from '../../pipelines/0-source/file.ts';
import type { Format } from '../../pipelines/0-source/file.ts';
import { SourceFault } from '../../pipelines/0-source/bytes.ts';
import type { Intake } from '../../pipelines/1-intake/take-in.ts';
import type { RawRow } from '../../pipelines/ports/source.ts';
import { CsvFault } from '../adapters/csv/columns.ts';
import { readCsv } from '../adapters/csv/read-csv.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { readConfig } from '../config.ts';
import { openFrontDoor } from '../front-door.ts';
import { EXIT, type Streams } from './lines.ts';
import { openProgress } from './progress.ts';

/** Rows that share one commit. */
export const BATCH = 500;
/** Refused rows named on stderr, each file; all of them are in the dead letters. */
const NAMED = 20;

export interface ImportOptions {
  readonly format: Format;
  /** Name of the source; default the file's name without its endings. */
  readonly source?: string;
}

export interface ImportDeps {
  readonly accept: Intake['accept'];
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** One line of stdout a file. */
export interface Imported {
  readonly file: string;
  rows: number;
  accepted: number;
  duplicate: number;
  rejected: number;
  /** Accepted or known rows in which something was repaired. */
  repaired: number;
}

/** 东关街道.2026-11.jsonl.gz → 东关街道.2026-11 */
export const sourceNameOf = (file: string): string =>
  basename(file).replace(/(?:\.(?:jsonl|ndjson|json|csv|tsv|txt))?(?:\.gz)?$/i, '') || 'import';

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
      const done: Imported = { file, rows: 0, accepted: 0, duplicate: 0, rejected: 0, repaired: 0 };
      try {
        await importFile(file, done, options, deps, progress);
      } catch (error) {
        if (!(error instanceof SourceFault || error instanceof CsvFault)) throw error;
        progress.say(error.message);
        code = EXIT.fault;
      }
      if (done.rejected > 0 && code === EXIT.ok) code = EXIT.rejected;
      deps.stdout.write(`${JSON.stringify(done)}\n`);
      const { rows, accepted, duplicate, rejected, repaired } = done;
      progress.say(
        `${file}：共 ${rows} 行，收下 ${accepted}，重复 ${duplicate}，未收 ${rejected}，其中 ${repaired} 行有修正` +
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
    for (const { row, outcome, because, repaired } of await deps.accept(rows, source)) {
      done.rows++;
      done[outcome]++;
      if (repaired !== undefined) done.repaired++;
      if (outcome === 'rejected' && done.rejected <= NAMED) progress.say(`${file} 第 ${row} 行未收：${because ?? ''}`);
    }
  };
  const csv = (utf8: AsyncIterable<Buffer>, name: string): AsyncIterable<RawRow> =>
    readCsv(utf8, name, {
      onIgnored: (columns) => progress.say(`${file}：这些列用不上，已略过：${columns.join('、')}`),
    });
  try {
    for await (const row of fileRows(file, { format: options.format, csv, onBytes: (count) => progress.add(count) })) {
      batch.push(row);
      if (batch.length === BATCH) await flush();
    }
  } finally {
    // What was read before a fault is good.
    await flush();
  }
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

/** `wenbida import`: straight into this deployment's inbox, whether or not it is being served just now. */
export async function importCommand(
  files: readonly string[],
  flags: { readonly format: string; readonly source?: string },
  streams: Streams,
): Promise<number> {
  const format = FORMATS.find((known) => known === flags.format);
  if (format === undefined) {
    streams.stderr.write(`--format 只能是 ${FORMATS.join('、')} 之一，不能是“${flags.format}”\n`);
    return EXIT.usage;
  }
  return withIntake((accept) =>
    importFiles(
      files,
      { format, ...(flags.source !== undefined && { source: flags.source }) },
      { accept, stdout: streams.stdout, stderr: streams.stderr },
    ),
  );
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
