import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Incident, IncidentEvent, IncidentId } from '../../../pipelines/domain/incident.ts';
import { EVERYTHING, type Scope } from '../../../pipelines/domain/person.ts';
import type { PostId } from '../../../pipelines/domain/post.ts';
import { regionCode } from '../../../pipelines/domain/region.ts';
import type { Suggestion } from '../../../pipelines/domain/suggestion.ts';
import type { Watched } from '../../../pipelines/ports/desk-store.ts';
import { openDesk } from '../../../server/adapters/desk/sqlite-desk.ts';
import { MONDAY } from '../../seeds/posts.ts';

const aDesk = () => openDesk(join(mkdtempSync(join(tmpdir(), 'desk-')), 'desk.sqlite'));

const anEvent = (seed: Partial<IncidentEvent> = {}): IncidentEvent => ({
  at: MONDAY,
  event: 'opened',
  incident: 'i1' as IncidentId,
  region: regionCode('410327'),
  regionName: '河南省洛阳市宜阳县',
  rung: 'town',
  heat: 10,
  title: '水库泄洪传言',
  terms: ['泄洪'],
  posts: [],
  count: 3,
  kind: '谣言',
  need: null,
  duty: [],
  urgent: false,
  lifeAtRisk: false,
  rumor: 0.8,
  because: ['三人各自发帖'],
  ...seed,
});

const incidentFrom = (event: IncidentEvent, state: Incident['state'] = 'open'): Incident => ({
  id: event.incident,
  title: event.title,
  region: event.region,
  regionName: event.regionName,
  rung: event.rung,
  heat: event.heat,
  terms: event.terms,
  kind: event.kind,
  need: event.need,
  duty: event.duty,
  urgent: event.urgent,
  lifeAtRisk: event.lifeAtRisk,
  rumor: event.rumor,
  firstPostAt: event.at,
  openedAt: event.at,
  lastPostAt: event.at,
  count: event.count,
  copies: event.count,
  steps: [],
  state,
});

const suggestion: Suggestion = {
  id: 'i1',
  first: 'yiyang',
  outside: null,
  then: [],
  clock: { rule: '48 小时', minutes: 2880 },
  because: [],
};

const watched = (event: IncidentEvent, upTo = 1): Watched => ({
  upTo,
  events: [event],
  incidents: [incidentFrom(event)],
  evidence: [{ incident: event.incident, post: `${event.incident}-p` as PostId, at: event.at }],
  alerts: [{ event, suggestion }],
});

describe('the desk', () => {
  test('keeps an event once and alerts once, however often a replay brings it', () => {
    const desk = aDesk();
    expect(desk.record(watched(anEvent())).map((alert) => alert.seq)).toEqual([1]);
    expect(desk.record(watched(anEvent()))).toEqual([]);
    expect(desk.events('i1' as IncidentId)).toHaveLength(1);
    expect(desk.lastSeq(EVERYTHING)).toBe(1);
  });

  test('gives a screen the alerts after its cursor: in, above and below its region, and those of no known place', () => {
    const desk = aDesk();
    const at = (incident: string, region: string | null) =>
      desk.record(
        watched(anEvent({ incident: incident as IncidentId, region: region === null ? null : regionCode(region) })),
      );
    at('county', '410327');
    at('elsewhere', '410305');
    at('city', '410300');
    at('town', '410327100');
    at('nowhere', null);
    const seen = desk.alerts({ scope: EVERYTHING, after: 0, limit: 10, regions: [regionCode('410327')] });
    expect(seen.map((alert) => alert.incident)).toEqual(['county', 'city', 'town', 'nowhere']);
    expect(desk.alerts({ scope: EVERYTHING, after: 3, limit: 1, regions: [] }).map((alert) => alert.seq)).toEqual([4]);
  });

  test('tells somebody of a county of what lies in it and what was shared with them, and of nothing above, beside or unplaced', () => {
    const desk = aDesk();
    const at = (incident: string, region: string | null) =>
      desk.record(
        watched(anEvent({ incident: incident as IncidentId, region: region === null ? null : regionCode(region) })),
      );
    at('county', '410327');
    at('town', '410327100');
    at('elsewhere', '410305');
    at('city', '410300');
    at('nowhere', null);
    const scope = (incidents: string[], ...regions: string[]): Scope => ({
      regions: regions.map(regionCode),
      incidents: new Set(incidents as IncidentId[]),
    });
    const seen = (given: Scope) => ({
      incidents: desk
        .incidents({ scope: given, state: 'open' })
        .map(({ id }) => id as string)
        .sort(),
      alerts: desk
        .alerts({ scope: given, after: 0, limit: 10, regions: [] })
        .map(({ incident }) => incident as string)
        .sort(),
      last: desk.lastSeq(given),
    });
    const county = ['county', 'town'];
    expect(seen(scope([], '410327'))).toEqual({ incidents: county, alerts: county, last: 2 });
    const shared = ['county', 'elsewhere', 'town'];
    expect(seen(scope(['elsewhere'], '410327'))).toEqual({ incidents: shared, alerts: shared, last: 3 });
    expect(seen(scope([]))).toEqual({ incidents: [], alerts: [], last: 0 });
    expect(seen(EVERYTHING).incidents).toHaveLength(5);
    expect(seen(EVERYTHING).last).toBe(5);
    const other = { scope: scope([], '410327'), after: 0, limit: 10, regions: [regionCode('410305')] };
    expect(desk.alerts(other)).toEqual([]);
    expect(desk.incidentsWith('town-p' as PostId)).toEqual(['town']);
  });

  test('moves the evidence of an incident that was split off, and no other', () => {
    const desk = aDesk();
    const older = anEvent();
    const post = (id: string) => id as PostId;
    const evidence = ['p1', 'p2', 'p3'].map((id) => ({ incident: older.incident, post: post(id), at: MONDAY }));
    desk.record({ ...watched(older), evidence });
    const younger = anEvent({ incident: 'i3' as IncidentId, from: older.incident, posts: [post('p2'), post('p3')] });
    const moved = ['p2', 'p3'].map((id) => ({ incident: younger.incident, post: post(id), at: MONDAY }));
    desk.record({ ...watched(younger), evidence: moved });
    expect(desk.evidence(older.incident, 9)).toEqual(['p1']);
    expect(desk.evidence(younger.incident, 9)).toEqual(['p2', 'p3']);
  });

  test('moves the evidence of a merged incident to the one that lives on', () => {
    const desk = aDesk();
    desk.record(watched(anEvent()));
    desk.record(watched(anEvent({ incident: 'i2' as IncidentId })));
    const merged = anEvent({ event: 'merged', incident: 'i2' as IncidentId, into: 'i1' as IncidentId, at: MONDAY + 1 });
    desk.record({ ...watched(merged), evidence: [], alerts: [], incidents: [incidentFrom(merged, 'merged')] });
    expect(desk.evidence('i1' as IncidentId, 10)).toEqual(['i1-p', 'i2-p']);
    expect(desk.incidents({ scope: EVERYTHING, state: 'open' }).map((incident) => incident.id)).toEqual(['i1']);
  });

  test('an event that fails to be kept leaves nothing behind', () => {
    const desk = aDesk();
    const broken = { ...watched(anEvent()), incidents: [{ ...incidentFrom(anEvent()), lastPostAt: Number.NaN }] };
    expect(() => desk.record(broken)).toThrow();
    expect(desk.lastSeq(EVERYTHING)).toBe(0);
    expect(desk.events('i1' as IncidentId)).toEqual([]);
  });

  test('gives back the last snapshot with its offset', () => {
    const desk = aDesk();
    expect(desk.snapshot()).toBeUndefined();
    desk.saveSnapshot(5, new Uint8Array([1, 2]));
    desk.saveSnapshot(9, new Uint8Array([3]));
    expect(desk.snapshot()).toMatchObject({ offset: 9 });
    expect([...desk.snapshot()!.state]).toEqual([3]);
  });
});

describe('the rung of evidence', () => {
  const at = (minute: number): number => MONDAY + minute * 60_000;
  const with3 = (id: string, given: Partial<IncidentEvent>, posts: readonly string[], minute: number): Watched => {
    const event = anEvent({ incident: id as IncidentId, at: at(minute), ...given });
    return {
      ...watched(event),
      alerts: [],
      evidence: posts.map((post, n) => ({ incident: event.incident, post: post as PostId, at: at(minute + n) })),
    };
  };

  test('is the highest of the incidents that are seen, of what was counted in the period, and follows a merge', () => {
    const desk = aDesk();
    desk.record(with3('low', { rung: 'town' }, ['a', 'b'], 0));
    desk.record(with3('high', { rung: 'city', region: regionCode('410311') }, ['b', 'c'], 10));
    const asked = (given: Partial<Parameters<typeof desk.evidenceRungs>[0]> = {}): string[] =>
      desk
        .evidenceRungs({ scope: EVERYTHING, from: at(0), to: at(60), limit: 10, ...given })
        .map(({ post, rung }) => `${post} ${rung}`)
        .sort();
    expect(asked()).toEqual(['a town', 'b city', 'c city']);
    const yiyang: Scope = { regions: [regionCode('410327')], incidents: new Set() };
    expect(asked({ scope: yiyang })).toEqual(['a town', 'b town']);
    expect(asked({ from: at(11) })).toEqual(['c city']);
    expect(asked({ to: at(1) })).toEqual(['a town']);
    expect(asked({ limit: 2 })).toHaveLength(2);
    const merged = anEvent({ event: 'merged', incident: 'low' as IncidentId, into: 'high' as IncidentId, at: at(20) });
    desk.record({ ...watched(merged), incidents: [incidentFrom(merged, 'merged')], evidence: [], alerts: [] });
    expect(asked()).toEqual(['a city', 'b city', 'c city']);
  });
});
