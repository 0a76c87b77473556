import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { IncidentDocument } from '../../pipelines/domain/incident-document.ts';
import type { Incident } from '../../pipelines/domain/incident.ts';
import { EVERYTHING } from '../../pipelines/domain/person.ts';
import { regionCode } from '../../pipelines/domain/region.ts';
import type { CandidateQuery, IncidentStore } from '../../pipelines/ports/incident-store.ts';
import { StampMismatch } from '../../pipelines/ports/post-store.ts';
import { anIncidentDocument, incidentId, OPENED } from '../seeds/incidents.ts';

/** Stores opened on one bench see the same incidents. */
export interface IncidentBench {
  store(): IncidentStore;
  settle(): Promise<void>;
  clear(): Promise<void>;
}

const STAMP = 'nodejieba@3.5.8+0123456789ab';
const LATER = OPENED + 86_400_000;

/** Every promise of the IncidentStore port; each adapter runs it. */
export function incidentStoreSuite(bench: () => IncidentBench): void {
  let place: IncidentBench;
  let store: IncidentStore;
  const opened: IncidentStore[] = [];
  const another = (): IncidentStore => {
    const made = place.store();
    opened.push(made);
    return made;
  };
  beforeEach(async () => {
    place = bench();
    store = another();
    await store.open(STAMP);
  });
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
    await place.clear();
  });

  const put = async (...documents: IncidentDocument[]): Promise<void> => {
    await store.put(documents);
    await place.settle();
  };
  const doc = (id: string, given: Partial<Incident> = {}): IncidentDocument =>
    anIncidentDocument({ id: incidentId(id), ...given });
  const find = async (given: Partial<CandidateQuery> = {}): Promise<string[]> => {
    const found = await store.candidates({
      ...{ words: ['停水'], kind: '投诉', duty: [], within: null, scope: EVERYTHING, before: LATER, limit: 50 },
      ...given,
    });
    return found.map(({ id }) => id);
  };

  test('an incident comes back as it was put', async () => {
    const curve = [{ at: OPENED, posts: 7 }];
    const document = anIncidentDocument({ into: incidentId('i9'), from: incidentId('i8') }, { hours: curve });
    await put(document);
    const [found] = await store.candidates({
      ...{ words: ['停水'], kind: '投诉', duty: [], within: null, scope: EVERYTHING, before: LATER, limit: 1 },
    });
    expect(found).toEqual(document);
    expect(found?.curve).toEqual(curve);
  });

  test('of two writes the higher revision stays, in whichever order they come', async () => {
    await put(anIncidentDocument({ title: '新' }, { revision: 5 }));
    await put(anIncidentDocument({ title: '旧', terms: ['停电'] }, { revision: 4 }));
    expect(await store.count()).toBe(1);
    expect(await find()).toEqual(['i1']);
    expect(await find({ words: ['停电'], kind: '灾害' })).toEqual([]);
    await put(anIncidentDocument({ title: '再新', terms: ['停电'] }, { revision: 6 }));
    expect(await find({ words: ['停电'], kind: '灾害' })).toEqual(['i1']);
    expect(await find({ words: ['小区'], kind: '灾害' })).toEqual([]);
    expect(await store.position()).toBe(6);
  });

  test('those with the most in common come first, of equal ones the newest, then by id', async () => {
    await put(
      doc('old', { terms: ['停水', '小区'], openedAt: OPENED - 5 }),
      doc('b', { terms: ['停水'], duty: [], openedAt: OPENED - 1 }),
      doc('a', { terms: ['停水'], duty: [], openedAt: OPENED - 1 }),
      doc('kind-alone', { terms: ['堵车'], duty: [], openedAt: OPENED }),
      doc('duty-too', { terms: ['堵车'], duty: ['供水', '城管'], openedAt: OPENED - 9 }),
      doc('none', { terms: ['堵车'], kind: '事故', duty: ['交通'] }),
    );
    expect(await find({ words: ['停水', '小区', '停水'], duty: ['城管', '供水'] })).toEqual([
      'old',
      'duty-too',
      'a',
      'b',
      'kind-alone',
    ]);
    expect(await find({ words: ['停水', '小区'], duty: ['供水'], limit: 1 })).toEqual(['old']);
  });

  test('only past ones, and none that was merged into another', async () => {
    await put(doc('past', { openedAt: OPENED }), doc('now', { openedAt: LATER }), doc('part', { state: 'merged' }));
    expect(await find()).toEqual(['past']);
  });

  test('only of the region asked for, and only what may be seen', async () => {
    const at = (id: string, code: string): IncidentDocument => doc(id, { region: regionCode(code) });
    await put(
      at('city', '410300'),
      at('county', '410327'),
      at('town', '410327100'),
      at('other', '411302'),
      doc('nowhere', { region: null }),
    );
    expect((await find({ within: regionCode('410300') })).sort()).toEqual(['city', 'county', 'town']);
    expect((await find({ within: regionCode('410327') })).sort()).toEqual(['county', 'town']);
    const scope = { regions: [regionCode('410327')], incidents: new Set([incidentId('other')]) };
    expect((await find({ scope })).sort()).toEqual(['county', 'other', 'town']);
    expect(await find({ scope, within: regionCode('411300') })).toEqual(['other']);
    expect(await find({ scope: { regions: [], incidents: new Set() } })).toEqual([]);
    expect(await find()).toHaveLength(5);
  });

  test('words are found whatever their case', async () => {
    await put(doc('wifi', { terms: ['WiFi'] }));
    expect(await find({ words: ['wifi'], kind: '灾害' })).toEqual(['wifi']);
  });

  describe('opening', () => {
    test('an empty store is at position 0, and is not asked before it is open', async () => {
      expect(await store.position()).toBe(0);
      await expect(another().count()).rejects.toThrow('open(stamp)');
    });

    test('what is there is found again; another tokeniser begins anew', async () => {
      await put(doc('a'));
      const again = another();
      await again.open(STAMP);
      expect(await again.count()).toBe(1);
      const reader = another();
      await expect(reader.open('another@1', 'refuse')).rejects.toBeInstanceOf(StampMismatch);
      await reader.open(STAMP, 'refuse');
      expect(await reader.count()).toBe(1);
      await again.open('another@1');
      expect(await again.position()).toBe(0);
    });
  });
}
