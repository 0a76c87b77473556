import { describe, expect, test } from 'vitest';
import { bcubed } from '../../learning/bcubed.ts';
import { atMost, raised, type Alarm } from '../../learning/count-alarms.ts';
import { ownerOf } from '../../learning/planted-run.ts';
import { hoursUntilFound, median } from '../../learning/evaluate-watch-titles.ts';
import { plantCopies, plantIncidents } from '../../learning/planted-incidents.ts';
import { SCENARIOS, type Scenario } from '../../learning/planted-scenarios.ts';
import { HELD_OUT_SCENARIOS } from '../../learning/planted-scenarios-held-out.ts';
import { signatureOf } from '../../pipelines/1-intake/signature.ts';
import { FoldIndex } from '../../pipelines/1-intake/fold.ts';
import type { PostId } from '../../pipelines/domain/post.ts';
import { regionCode } from '../../pipelines/domain/region.ts';
import { loadGazetteer } from '../../server/load-gazetteer.ts';

const HOUR = 3_600_000;

describe('BCubed', () => {
  test('is whole where clusters are the labels', () => {
    const rows = ['a', 'a', 'b'].map((label) => ({ cluster: label, label }));
    expect(bcubed(rows)).toEqual({ precision: 1, recall: 1, f1: 1, n: 3 });
  });

  test('loses precision by strangers in a cluster and recall by a label in two', () => {
    const stranger = [
      { cluster: '1', label: 'a' },
      { cluster: '1', label: null },
    ];
    expect(bcubed(stranger)).toMatchObject({ precision: 0.5, recall: 1, n: 1 });
    const torn = [
      { cluster: '1', label: 'a' },
      { cluster: '2', label: 'a' },
    ];
    expect(bcubed(torn)).toMatchObject({ precision: 1, recall: 0.5 });
  });

  test('of nothing labelled is nothing', () => {
    expect(bcubed([{ cluster: '1', label: null }])).toEqual({ precision: 0, recall: 0, f1: 0, n: 0 });
  });
});

describe('a known incident is found', () => {
  const known = { adcode: '410300', first_board_time: '2026-11-02T08:00:00+08:00', pattern: '洛阳.*停水' };
  const first = Date.parse(known.first_board_time);
  const opening = (after: number, region: string) => ({
    at: first + after * HOUR,
    region: regionCode(region),
    posts: ['told', 'other'] as unknown as PostId[],
  });
  const textOf = (id: PostId): string => (id === ('told' as PostId) ? '洛阳多个小区停水' : '别的事');

  test('by an opening of its place, of a part of it or of its province, within three days', () => {
    expect(hoursUntilFound(known, [opening(2, '410303')], textOf)).toBe(2);
    expect(hoursUntilFound(known, [opening(1, '410000')], textOf)).toBe(1);
    expect(hoursUntilFound(known, [opening(2, '370100'), opening(73, '410300')], textOf)).toBeNull();
  });

  test('not by an opening before it, nor by one that tells of other things', () => {
    expect(hoursUntilFound(known, [opening(-1, '410300')], textOf)).toBeNull();
    expect(hoursUntilFound(known, [opening(1, '410300')], () => '别的事')).toBeNull();
  });

  test('in the strict reading only where enough of its posts fit', () => {
    expect(hoursUntilFound(known, [opening(1, '410300')], textOf, 0.5)).toBe(1);
    expect(hoursUntilFound(known, [opening(1, '410300')], textOf, 0.6)).toBeNull();
  });

  test('never, where its own time is not known', () => {
    expect(hoursUntilFound({ ...known, first_board_time: null }, [opening(1, '410300')], textOf)).toBeNull();
  });
});

test('a median is the middle, or between the two middles', () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test('posts belong to the planted incident that has at least half of them', () => {
  const plantedOf = new Map([
    ['a', 'one'],
    ['b', 'one'],
    ['c', 'two'],
  ]);
  expect(ownerOf(['a', 'b', 'c'], plantedOf)).toBe('one');
  expect(ownerOf(['a', 'x', 'y'], plantedOf)).toBeNull();
});

describe('the peer', () => {
  const alarm = (hour: number, score: number, region = '410300'): Alarm => ({
    at: hour * HOUR,
    score,
    region,
    posts: [],
  });

  test('raises one alarm a city in twelve hours', () => {
    const all = [alarm(0, 5), alarm(1, 9), alarm(13, 5), alarm(1, 5, '370100')];
    expect(raised(all, 4).map((each) => each.at / HOUR)).toEqual([0, 13, 1]);
    expect(raised(all, 6)).toHaveLength(1);
  });

  test('is given the lowest threshold that keeps to the number of alarms', () => {
    const all = [alarm(0, 5), alarm(20, 4), alarm(40, 3), alarm(60, 2)];
    expect(atMost(all, 2).map((each) => each.score)).toEqual([5, 4]);
    expect(atMost(all, 9)).toHaveLength(4);
    expect(atMost([], 3)).toEqual([]);
  });
});

describe('planted incidents', () => {
  const gazetteer = loadGazetteer();
  const options = { seed: 5, count: 90, from: 0, to: 100 * HOUR };
  const planted = plantIncidents(gazetteer, options);

  test('are the same for the same seed and others for another', () => {
    expect(plantIncidents(gazetteer, options)).toEqual(planted);
    expect(plantIncidents(gazetteer, { ...options, seed: 6 })).not.toEqual(planted);
  });

  test('come on every rung, in order of time, each post with an id of its own', () => {
    expect(new Set(planted.map((one) => one.rung)).size).toBe(6);
    for (const { posts } of planted) {
      expect(posts.length).toBeGreaterThanOrEqual(2);
      expect(posts.map((post) => post.time)).toEqual(posts.map((post) => post.time).sort((a, b) => a - b));
    }
    const ids = planted.flatMap((one) => one.posts.map((post) => post.id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('leave no slot of a template unfilled', () => {
    expect(planted.flatMap((one) => one.posts).filter((post) => /[{}]|undefined/u.test(post.text))).toEqual([]);
  });

  test('of the held-out templates say nothing that the others say', () => {
    const held = plantIncidents(gazetteer, { ...options, count: 72, scenarios: HELD_OUT_SCENARIOS });
    expect(held.flatMap((one) => one.posts).filter((post) => /[{}]|undefined/u.test(post.text))).toEqual([]);
    const said = (of: readonly Scenario[]): string[] => of.flatMap(({ happens, details }) => [...happens, ...details]);
    const known = new Set(said(SCENARIOS));
    expect(said(HELD_OUT_SCENARIOS).filter((phrase) => known.has(phrase))).toEqual([]);
  });

  test('of copies hold one text, which folds to one group', () => {
    const [burst] = plantCopies(gazetteer, { ...options, count: 1, accounts: 50 });
    const folds = new FoldIndex(1_000);
    const groups = burst!.posts.map((post) => folds.fold(post.id as PostId, signatureOf(post.text)));
    expect(new Set(groups).size).toBe(1);
    expect(new Set(burst!.posts.map((post) => post.author?.key)).size).toBe(50);
  });
});
