import { beforeAll, describe, expect, test } from 'vitest';
import type { IncidentEvent, IncidentId } from '../../pipelines/domain/incident.ts';
import type { Post, PostId } from '../../pipelines/domain/post.ts';
import { contains, regionCode } from '../../pipelines/domain/region.ts';
import { tierRank } from '../../pipelines/domain/tier.ts';
import { FoldIndex } from '../../pipelines/1-intake/fold.ts';
import { Detector } from '../../pipelines/4-watch/detect.ts';
import { PulseCounter } from '../../pipelines/4-watch/pulse.ts';
import { understanding, watching } from '../../pipelines/pipeline.ts';
import { postIdOf } from '../../server/adapters/inbox/post-id.ts';
import { DRILL } from '../../server/drill/describe-drill.ts';
import { plantDrill } from '../../server/drill/write-drill.ts';
import { loadGazetteer } from '../../server/load-gazetteer.ts';
import { openUnderstanding } from '../../server/open-understanding.ts';

const start = Date.parse('2026-11-20T20:00:00+08:00');

interface Found {
  readonly id: IncidentId;
  /** Evidence by the key of the planted incident it came from; '' for everyday talk. */
  readonly from: Map<string, number>;
  first: IncidentEvent;
  last: IncidentEvent;
}

/** The drill through the whole flow, with the weights, gazetteer and tokeniser that are shipped. */
async function watchDrill(): Promise<Found[]> {
  const { parts } = await openUnderstanding({ home: regionCode(DRILL.home) });
  const planted = plantDrill({ start });
  const keys = new Map(planted.map(({ post, incident }) => [postIdOf(post.platform, post.id), incident ?? '']));
  const posts = planted.map(({ post: { id, time, seenAt, ...rest } }): Post => ({
    ...rest,
    id: postIdOf(rest.platform, id),
    nativeId: id,
    time: Date.parse(time),
    seenAt: Date.parse(seenAt),
  }));
  const understand = understanding(parts);
  const watch = watching({
    folds: new FoldIndex(60_000),
    detector: new Detector({ names: loadGazetteer() }),
    pulse: new PulseCounter(),
    idOf: postIdOf,
  });
  const found = new Map<IncidentId, Found>();
  const evidence: { incident: IncidentId; post: PostId }[] = [];
  for (let at = 0; at < posts.length; at += 250) {
    const { watched } = watch(understand(posts.slice(at, at + 250)), at);
    for (const event of watched.events) {
      const known = found.get(event.incident);
      if (known === undefined)
        found.set(event.incident, { id: event.incident, from: new Map(), first: event, last: event });
      else known.last = event;
    }
    evidence.push(...watched.evidence);
  }
  for (const { incident, post } of evidence) {
    const counts = found.get(incident)?.from;
    const key = keys.get(post) ?? '';
    counts?.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...found.values()];
}

/** What most of its evidence was planted as. */
const about = ({ from }: Found) => [...from].sort(([, a], [, b]) => b - a)[0]?.[0];

describe('the drill, watched', () => {
  let found: Found[] = [];
  beforeAll(async () => {
    found = await watchDrill();
  });

  test.each(DRILL.incidents)(
    '$what is found where it is, and climbs as high as it should',
    ({ key, region, expectedRung }) => {
      const mine = found.filter((one) => about(one) === key);
      const main = mine.reduce<Found | undefined>((most, one) => {
        return (one.from.get(key) ?? 0) > (most?.from.get(key) ?? 0) ? one : most;
      }, undefined);
      expect(main, `no incident has its evidence from ${key}`).toBeDefined();
      expect(tierRank(main?.last.rung ?? 'village')).toBeGreaterThanOrEqual(tierRank(expectedRung));
      const place = main?.last.region ?? regionCode('000000');
      expect(contains(place, regionCode(region)) || contains(regionCode(region), place), main?.last.regionName).toBe(
        true,
      );
    },
  );

  test('the plea for the lost elder is an alert within five minutes of the drill, and one of a life at risk', () => {
    const pleas = found.filter((one) => about(one) === 'lost-elder').map(({ first }) => first);
    const first = pleas.sort((a, b) => a.at - b.at)[0];
    expect(first).toBeDefined();
    expect(((first?.at ?? 0) - start) / 60_000).toBeLessThan(5);
    expect(pleas.some((event) => event.lifeAtRisk)).toBe(true);
  });

  test('one claim pasted by sixty accounts is no incident', () => {
    expect(found.filter((one) => about(one) === DRILL.notAnIncident.key)).toEqual([]);
  });

  test('each is one incident on the wall, and everyday talk hardly any', () => {
    const lived = found.filter(({ last }) => last.event !== 'merged');
    const opened = DRILL.incidents.map(({ key }) => [key, lived.filter((one) => about(one) === key).length] as const);
    expect(opened.filter(([, count]) => count > 1)).toEqual([]);
    expect(lived.filter((one) => about(one) === '').length).toBeLessThanOrEqual(2);
  });
});
