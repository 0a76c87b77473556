import { createReadStream, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Account } from '../../pipelines/domain/account.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import { createApp, type App } from '../app.ts';
import { lockFolder } from '../lock-folder.ts';
import { readConfig, type Config, type Flags } from '../config.ts';
import { exportJson } from '../export-matrix.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { checkPortIsFree } from '../free-port.ts';
import { drillClock } from '../drill/drill-clock.ts';
import { DRILL, eveningBefore, writeDrill } from '../drill/write-drill.ts';
import { pace } from './pace.ts';
import { EXIT, type Streams } from './lines.ts';
import type { DrillState, RawRow } from '../services.ts';

const HOUR = 3_600_000;
const CHUNK = 1_000;
const ACCOUNTS_FILE = 'accounts.json';

/** What is played instead of what comes in. */
export interface Drill {
  readonly title: string;
  /** When it really happened, ISO 8601; absent where it is invented. */
  readonly past?: string;
  /** The office's own settings that it is played by, where it is the office's own past. */
  readonly office?: Pick<Config, 'places' | 'taxonomy'> & { readonly accounts: readonly Account[] };
  readonly home: string;
  /** Event time the fast clock begins and ends at. */
  readonly from: number;
  readonly until: number;
  readonly earlier: readonly unknown[];
  readonly during: readonly { readonly at: number; readonly value: unknown }[];
}

/** Runs until SIGINT or SIGTERM. */
export async function serve(flags: Flags, streams: Streams): Promise<number> {
  const read = readConfig(process.env, flags);
  const drill = read.demo
    ? demoDrill(systemClock.now())
    : read.drill === undefined
      ? undefined
      : await fileDrill(read.drill);
  return run(read, drill, streams);
}

/** The same with a drill that was read elsewhere. */
export async function run(read: Config, drill: Drill | undefined, streams: Streams): Promise<number> {
  const say = (message: string): void => void streams.stderr.write(`${message}\n`);
  const config: Config = drill === undefined ? read : drillConfig(read, drill);
  await checkPortIsFree(config.host, config.port);
  const free = lockFolder(config.varDir);
  // A drill is played from the start each time; what an earlier one left would make its posts duplicates.
  if (drill !== undefined) {
    rmSync(config.varDir, { recursive: true, force: true });
    lockFolder(config.varDir);
    if (drill.office !== undefined)
      writeFileSync(join(config.varDir, ACCOUNTS_FILE), exportJson(drill.office.accounts, drill.title));
  }

  let running: Clock | undefined;
  const clock: Clock = drill === undefined ? systemClock : { now: () => running?.now() ?? drill.from };
  const state: DrillState | undefined =
    drill === undefined
      ? undefined
      : {
          title: drill.title,
          ...(drill.past === undefined ? {} : { past: drill.past }),
          speed: config.speed,
          done: false,
        };
  const app = await createApp({
    config,
    clock,
    peopleClock: systemClock,
    ...(state === undefined ? {} : { drill: state }),
    log: { info: say, warn: say },
  });
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  try {
    const address = await app.listen();
    say(
      `问必答 在 ${address} 上运行${drill === undefined ? '' : drill.past === undefined ? '（演练，内容全属虚构）' : '（演练，重放旧事，不是现在）'}，Ctrl+C 结束`,
    );
    if (drill !== undefined && state !== undefined) {
      const playing = play(app, drill, config.speed, () => {
        running = drillClock(systemClock, { from: drill.from, speed: config.speed, until: drill.until });
        return clock;
      });
      await Promise.race([stopped, playing]);
      state.done = true;
    }
    await stopped;
    return EXIT.ok;
  } finally {
    await app.close();
    // What really happened is not left lying in a second place, where no erasure would find it.
    if (drill?.past !== undefined) rmSync(config.varDir, { recursive: true, force: true });
    free();
  }
}

/** A drill has a folder of its own: no channel, no person and no ledger of the office is in it, and nothing of it comes into the office's. */
function drillConfig(read: Config, drill: Drill): Config {
  const varDir = join(read.varDir, 'drill');
  const own = { ...read, home: read.home ?? drill.home, varDir, tokenFile: join(varDir, 'tokens.json') };
  if (drill.office === undefined) return own;
  const { places, taxonomy } = drill.office;
  return {
    ...own,
    accounts: join(varDir, ACCOUNTS_FILE),
    ...(places === undefined ? {} : { places }),
    ...(taxonomy === undefined ? {} : { taxonomy }),
  };
}

/** Loads what came before at once, then plays the rest by its own times. */
async function play(app: App, drill: Drill, speed: number, start: () => Clock): Promise<void> {
  for (let at = 0; at < drill.earlier.length; at += CHUNK)
    await app.services.intake.accept(rowsOf(drill.earlier.slice(at, at + CHUNK), at), '演练');
  await app.flow.drained();
  await pace(drill.during, speed, start(), (values, from) =>
    app.services.intake.accept(rowsOf(values, drill.earlier.length + from), '演练'),
  );
}

const rowsOf = (values: readonly unknown[], from: number): RawRow[] =>
  values.map((value, at) => ({ row: from + at + 1, value, raw: JSON.stringify(value) }));

/** The drill we wrote: two hours of the last evening, with the day before them. */
function demoDrill(now: number): Drill {
  const from = eveningBefore(now);
  const posts = writeDrill({ start: from });
  return {
    title: DRILL.title,
    home: DRILL.home,
    from,
    until: from + DRILL.hours * HOUR,
    ...split(posts, from),
  };
}

function split(posts: readonly { readonly time: string }[], from: number): Pick<Drill, 'earlier' | 'during'> {
  const timed = posts.map((value) => ({ at: Date.parse(value.time), value }));
  return {
    earlier: timed.filter(({ at }) => at < from).map(({ value }) => value),
    during: timed.filter(({ at }) => at >= from),
  };
}

/** A file of canonical posts in JSON Lines, played from its first post on. @throws Error naming the line that can't be used. */
async function fileDrill(path: string): Promise<Drill> {
  const posts: { time: string }[] = [];
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    line++;
    if (text.trim() === '') continue;
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('time' in value) || typeof value.time !== 'string')
      throw new Error(`${path}, line ${line}: a drill's posts need a time such as "2026-11-20T21:03:00+08:00"`);
    posts.push(value as { time: string });
  }
  const times = posts.map((post) => Date.parse(post.time)).sort((a, b) => a - b);
  const from = times[0];
  const until = times.at(-1);
  if (from === undefined || until === undefined) throw new Error(`${path} holds no posts to play`);
  return { title: path, home: '410300', from, until, earlier: [], during: split(posts, from).during };
}
