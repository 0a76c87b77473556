import { Detector } from '../pipelines/4-watch/detect.ts';
import { termsOf } from '../pipelines/4-watch/terms.ts';
import type { IncidentEvent, IncidentId } from '../pipelines/domain/incident.ts';
import type { FoldedPost, PostId, UnderstoodPost } from '../pipelines/domain/post.ts';
import type { RegionNames } from '../pipelines/ports/region-names.ts';
import { CountMonitor, type Alarm } from './count-alarms.ts';
import { watchStream } from './watch-stream.ts';

export interface Opening {
  readonly event: Pick<IncidentEvent, 'at' | 'posts' | 'incident'>;
  /** The planted incident that at least half of its posts belong to, or null. */
  readonly of: string | null;
}

/** Whose incident a set of posts tells of: the planted one at least half of them belong to. */
export function ownerOf(posts: readonly string[], plantedOf: ReadonlyMap<string, string>): string | null {
  const counts = new Map<string, number>();
  for (const post of posts) {
    const planted = plantedOf.get(post);
    if (planted !== undefined) counts.set(planted, (counts.get(planted) ?? 0) + 1);
  }
  for (const [planted, count] of counts) if (count * 2 >= posts.length) return planted;
  return null;
}

export interface Run {
  readonly openings: Opening[];
  readonly steps: IncidentEvent[];
  readonly mergedInto: ReadonlyMap<string, string>;
  /** The posts of every incident that lived on, by its id. */
  readonly evidence: ReadonlyMap<string, ReadonlySet<PostId>>;
  readonly alarms: Alarm[];
  readonly seconds: number;
  readonly posts: number;
}

/** Watches a stream of understood posts, with the peer beside it where asked for. */
export function runPlanted(
  batches: Iterable<readonly UnderstoodPost[]>,
  names: RegionNames,
  plantedOf: ReadonlyMap<string, string>,
  withPeer = true,
): Run {
  const openings: Opening[] = [];
  const steps: IncidentEvent[] = [];
  const alarms: Alarm[] = [];
  const mergedInto = new Map<string, string>();
  const evidence = new Map<string, Set<PostId>>();
  const monitor = new CountMonitor((post) => termsOf({ ...post, group: post.id } satisfies FoldedPost).words);
  const spent = watchStream(batches, new Detector({ names }), {
    onBatch: (batch, watch) => {
      if (withPeer)
        for (const post of batch) {
          const alarm = monitor.see(post);
          if (alarm !== null) alarms.push(alarm);
        }
      for (const { incident, post } of watch.evidence) {
        const posts = evidence.get(incident);
        if (posts === undefined) evidence.set(incident, new Set([post]));
        else posts.add(post);
      }
      for (const event of watch.events) {
        if (event.event === 'opened') openings.push({ event, of: ownerOf(event.posts, plantedOf) });
        if (event.event === 'opened' || event.event === 'step') steps.push(event);
        if (event.into !== undefined) mergedInto.set(event.incident, event.into);
      }
    },
  });
  return { openings, steps, mergedInto, evidence, alarms, ...spent };
}

/** The incident that one lives on in after merges. */
export function livesOnIn(run: Pick<Run, 'mergedInto'>, incident: IncidentId): string {
  let id: string = incident;
  for (let into = run.mergedInto.get(id); into !== undefined; into = run.mergedInto.get(id)) id = into;
  return id;
}
