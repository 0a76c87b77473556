import { setTimeout as pause } from 'node:timers/promises';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { systemClock } from '../adapters/system-clock.ts';
import { readConfig } from '../config.ts';
import { openFrontDoor } from '../front-door.ts';
import { loadMappings } from '../load-mappings.ts';
import { lookInto } from '../watch-folders.ts';
import { EXIT, type Streams } from './lines.ts';

const LOOK_MS = 1_000;

/**
 * `wenbida watch DIR`: takes in what a folder holds and what it gains, until it is stopped. Where it was is kept in the data
 * folder, so it may be killed and started again at any moment. One JSON line a batch on stdout.
 */
export async function watchCommand(
  dir: string,
  flags: { readonly source?: string; readonly format?: string; readonly once?: boolean },
  streams: Streams,
): Promise<number> {
  const place = resolve(dir);
  const there = await stat(place).catch(() => undefined);
  if (there?.isDirectory() !== true) {
    streams.stderr.write(`没有文件夹 ${place}，请核对路径\n`);
    return EXIT.usage;
  }
  const { varDir } = readConfig(process.env);
  const front = openFrontDoor(varDir, systemClock);
  const name = flags.source ?? basename(place);
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  const { book, checkpoints } = front.door;
  book.add({
    name,
    way: 'folder',
    place,
    caps: [],
    createdAt: systemClock.now(),
    paused: false,
    ...(flags.format !== undefined && { format: flags.format }),
  });
  const mappings = await loadMappings(varDir);
  const faults = new Map<string, number>();
  const total = { accepted: 0, duplicate: 0, rejected: 0 };
  let said = '';
  try {
    for (;;) {
      const looked = await lookInto(
        { name, place, ...(flags.format !== undefined && { format: flags.format }) },
        {
          accept: (...given) => front.intake.accept(...given),
          checkpoints,
          faults,
          mappings,
          clock: systemClock,
          onOutcomes: (outcomes) => {
            const batch = { accepted: 0, duplicate: 0, rejected: 0 };
            for (const { outcome } of outcomes) {
              batch[outcome]++;
              total[outcome]++;
            }
            streams.stdout.write(`${JSON.stringify(batch)}\n`);
          },
        },
      );
      const trouble = 'trouble' in looked ? looked.trouble : '';
      if (trouble !== '' && trouble !== said) streams.stderr.write(`${trouble}\n`);
      said = trouble;
      if (flags.once === true || stopping.signal.aborted) break;
      await pause(LOOK_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) break;
    }
    streams.stderr.write(`收下 ${total.accepted}，重复 ${total.duplicate}，未收 ${total.rejected}\n`);
    return said !== '' ? EXIT.fault : total.rejected > 0 ? EXIT.rejected : EXIT.ok;
  } finally {
    await front.close();
  }
}
