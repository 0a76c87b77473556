import { stat } from 'node:fs/promises';
import { setTimeout as sleepMs } from 'node:timers/promises';
import { fileRows } from '../../pipelines/0-source/file.ts';
import { readTime } from '../../pipelines/1-intake/time.ts';
import type { Intake } from '../../pipelines/1-intake/take-in.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import type { RawRow, Source } from '../../pipelines/ports/source.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { fileTools } from '../file-tools.ts';
import { BATCH, sourceNameOf, withIntake } from './import.ts';
import { EXIT, type Streams } from './lines.ts';
import { openProgress } from './progress.ts';

const TICK_MS = 100;

export interface ReplayParts {
  /** Times as fast as life, above 0; `max` waits for nothing. */
  readonly speed: number | 'max';
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly accept: (rows: readonly RawRow[]) => Promise<unknown>;
}

/**
 * Hands rows on at the pace of their own times, the first at once; what is due within a tenth of a second goes together, at
 * most 500 rows a time. Rows must be in order of time: one that is late, or has no readable time, goes with its neighbours.
 */
export async function replay(rows: Source, { speed, clock, sleep, accept }: ReplayParts): Promise<void> {
  let batch: RawRow[] = [];
  let first: number | undefined;
  const start = clock.now();
  const flush = async (): Promise<void> => {
    const due = batch;
    batch = [];
    if (due.length > 0) await accept(due);
  };
  for await (const row of rows) {
    const at = speed === 'max' ? undefined : timeOf(row, clock.now());
    if (at !== undefined && speed !== 'max') {
      first ??= at;
      const due = start + (at - first) / speed;
      while (clock.now() < due) {
        await flush();
        // Rounded up to whole ticks, so that the rows of one tick go together.
        await sleep(Math.min(60_000, Math.ceil((due - clock.now()) / TICK_MS) * TICK_MS));
      }
    }
    batch.push(row);
    if (batch.length === BATCH) await flush();
  }
  await flush();
}

function timeOf(row: RawRow, now: number): number | undefined {
  if (!('value' in row) || typeof row.value !== 'object' || row.value === null || !('time' in row.value))
    return undefined;
  const read = readTime('time', row.value.time, { now, ...row.moments });
  return 'because' in read ? undefined : read.at;
}

/** `wenbida replay`: a file into this deployment's inbox at the pace of its posts. */
export async function replayCommand(
  file: string,
  flags: { readonly speed: string; readonly source?: string },
  streams: Streams,
): Promise<number> {
  const speed = flags.speed === 'max' ? 'max' : Number(flags.speed);
  if (speed !== 'max' && !(Number.isFinite(speed) && speed > 0)) {
    streams.stderr.write(`--speed 应为大于 0 的数字或 max，不能是“${flags.speed}”\n`);
    return EXIT.usage;
  }
  const source = flags.source ?? sourceNameOf(file);
  const total = await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
  return withIntake(async (accept) => {
    const progress = openProgress('重放', total, streams.stderr);
    const done = { file, rows: 0, accepted: 0, duplicate: 0, rejected: 0 };
    try {
      await replay(fileRows(file, { ...fileTools, now: systemClock.now(), onBytes: (count) => progress.add(count) }), {
        speed,
        clock: systemClock,
        sleep: (ms) => sleepMs(ms),
        accept: (rows) => take(rows, source, accept, done),
      });
    } finally {
      progress.stop();
    }
    streams.stdout.write(`${JSON.stringify(done)}\n`);
    return done.rejected > 0 ? EXIT.rejected : EXIT.ok;
  });
}

async function take(
  rows: readonly RawRow[],
  source: string,
  accept: Intake['accept'],
  done: { rows: number; accepted: number; duplicate: number; rejected: number },
): Promise<void> {
  for (const { outcome } of await accept(rows, source)) {
    done.rows++;
    done[outcome]++;
  }
}
