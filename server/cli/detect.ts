import type { IncidentEvent } from '../../pipelines/domain/incident.ts';
import type { Post, PostId } from '../../pipelines/domain/post.ts';
import { FoldIndex } from '../../pipelines/1-intake/fold.ts';
import { Detector } from '../../pipelines/4-watch/detect.ts';
import { PulseCounter } from '../../pipelines/4-watch/pulse.ts';
import { understanding, watching } from '../../pipelines/pipeline.ts';
import { postIdOf } from '../adapters/inbox/post-id.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { openUnderstanding } from '../open-understanding.ts';
import { EXIT, jsonLines, reject, writeOut, type Streams } from './lines.ts';
import type { OfficeFlags } from './office-flags.ts';
import { readOffice } from './read-office.ts';
import { readPost } from './read-post.ts';

const BATCH = 500;
/** Ids given are remembered for evidence; older ones than this many posts can no longer be. */
const IDS_KEPT = 2_000_000;

/** One JSON line an incident event, in event time: no clock of ours is in it, so any speed gives the same lines. */
export async function detect(flags: OfficeFlags, streams: Streams): Promise<number> {
  const { parts, note } = await openUnderstanding(readOffice(flags).understanding);
  if (note !== undefined) streams.stderr.write(`提醒：${note}\n`);
  const understand = understanding(parts);
  const watch = watching({
    folds: new FoldIndex(),
    detector: new Detector({ names: parts.gazetteer }),
    pulse: new PulseCounter(),
    idOf: postIdOf,
  });
  const given = new Map<PostId, unknown>();
  let rejected = 0;
  const broken = (line: number, because: string): void => {
    rejected++;
    reject(streams, line, because);
  };
  for await (const lines of jsonLines(streams.stdin, BATCH, broken)) {
    const posts: Post[] = [];
    for (const { number, value } of lines) {
      const read = readPost(value, systemClock.now());
      if ('because' in read) {
        broken(number, read.because);
        continue;
      }
      posts.push(read.post);
      given.set(read.post.id, read.id);
    }
    if (given.size > IDS_KEPT) for (const id of [...given.keys()].slice(0, IDS_KEPT / 2)) given.delete(id);
    const { watched } = watch(understand(posts), 0);
    for (const event of watched.events) await writeOut(streams.stdout, `${JSON.stringify(shown(event, given))}\n`);
  }
  return rejected > 0 ? EXIT.rejected : EXIT.ok;
}

const shown = (event: IncidentEvent, given: ReadonlyMap<PostId, unknown>): unknown => ({
  at: new Date(event.at).toISOString(),
  event: event.event,
  incident: event.incident,
  region: event.region,
  rung: event.rung,
  heat: event.heat,
  title: event.title,
  terms: event.terms,
  posts: event.posts.map((id) => given.get(id) ?? id),
  count: event.count,
  kind: event.kind,
  ...(event.into === undefined ? {} : { into: event.into }),
  because: event.because,
});
