import { describe, expect, test } from 'vitest';
import { Clusters } from '../../../pipelines/4-watch/cluster.ts';
import { topWords, type Cluster } from '../../../pipelines/4-watch/one-cluster.ts';
import { DocumentFrequency } from '../../../pipelines/4-watch/document-frequency.ts';
import { vectorOf } from '../../../pipelines/4-watch/vector.ts';
import { termsOf } from '../../../pipelines/4-watch/terms.ts';
import { regionCode } from '../../../pipelines/domain/region.ts';
import { aPost, HOUR, MONDAY } from '../../seeds/posts.ts';

const WINDOW = 36 * HOUR;

/** Clusters beside what one needs to ask them in words. */
function table(capacity = 100): {
  clusters: Clusters;
  found: (words: string, at: string | null, time?: number) => Cluster;
  nearest: (words: string, at: string | null, time?: number) => { cluster: Cluster; score: number }[];
} {
  const frequency = new DocumentFrequency();
  const clusters = new Clusters({ threshold: 0.3, windowMs: WINDOW, lateMs: 0, capacity });
  const read = (words: string, at: string | null, time: number) => {
    const terms = termsOf(aPost({ words, ...(at === null ? {} : { at }), time }));
    return { terms, region: at === null ? null : regionCode(at) };
  };
  // Two hundred other posts, so that words weigh as in a stream.
  for (let at = 0; at < 200; at++) frequency.add(read(`闲话${at} 早饭 公交`, '370102', MONDAY).terms);
  return {
    clusters,
    found: (words, at, time = MONDAY) => {
      const { terms, region } = read(words, at, time);
      frequency.add(terms);
      return clusters.found(vectorOf(terms, frequency), terms, region, time);
    },
    nearest: (words, at, time = MONDAY) => {
      const { terms, region } = read(words, at, time);
      return clusters.nearest(vectorOf(terms, frequency), region, time);
    },
  };
}

describe('clusters', () => {
  test('a post finds the cluster of the same trouble in the same place', () => {
    const { found, nearest } = table();
    const water = found('小区 停水 投诉', '410303');
    found('工地 坍塌 救援', '410303');
    expect(nearest('停水 小区 两天', '410303')[0]!.cluster).toBe(water);
  });

  test('the same words of another province count for less than half', () => {
    const { found, nearest } = table();
    found('小区 停水 投诉', '410303');
    const here = nearest('小区 停水 投诉', '410303')[0]!.score;
    const there = nearest('小区 停水 投诉', '440103')[0]?.score ?? 0;
    expect(there).toBeLessThan(here / 2);
  });

  test('a post without a place may join by its words', () => {
    const { found, nearest } = table();
    const water = found('小区 停水 投诉', '410303');
    expect(nearest('小区 停水 投诉', null)[0]!.cluster).toBe(water);
  });

  test('an old cluster counts for less, and one outside the window for nothing', () => {
    const { found, nearest } = table();
    found('小区 停水 投诉', '410303');
    const at = (hours: number): number => nearest('小区 停水 投诉', '410303', MONDAY + hours * HOUR)[0]?.score ?? 0;
    expect(at(12)).toBeLessThan(at(0));
    expect(at(37)).toBe(0);
  });

  test('merging pours the words of one into the other and closes it', () => {
    const { clusters, found } = table();
    const [into, from] = [found('小区 停水', '410303'), found('停水 水压', '410303')];
    clusters.merge(into, from);
    expect(clusters.get(from.serial)).toBeUndefined();
    expect(clusters.size).toBe(1);
    expect(topWords(into, 5)).toEqual(expect.arrayContaining(['停水', '小区', '水压']));
  });

  test('sweeping closes what has been silent for longer than the window', () => {
    const { clusters, found } = table();
    const old = found('小区 停水', '410303');
    const fresh = found('工地 坍塌', '410303', MONDAY + 30 * HOUR);
    expect(clusters.sweep(MONDAY + 40 * HOUR, () => false)).toEqual([old.serial]);
    expect(clusters.get(fresh.serial)).toBe(fresh);
  });

  test('never keeps more than its capacity: the longest silent go first', () => {
    const { clusters, found } = table(10);
    const all = Array.from({ length: 15 }, (_, at) => found(`事情${at} 经过${at}`, '410303', MONDAY + at));
    clusters.sweep(MONDAY + 20, () => false);
    expect(clusters.size).toBeLessThanOrEqual(10);
    expect(clusters.get(all[0]!.serial)).toBeUndefined();
    expect(clusters.get(all[14]!.serial)).toBeDefined();
  });

  test('a cluster of many posts keeps a bounded number of words', () => {
    const { clusters, found } = table();
    const cluster = found('停水 小区', '410303');
    const frequency = new DocumentFrequency();
    for (let at = 0; at < 500; at++) {
      const terms = termsOf(aPost({ words: `停水 新词${at} 又词${at}`, at: '410303' }));
      frequency.add(terms);
      clusters.add(cluster, vectorOf(terms, frequency), terms, MONDAY);
    }
    expect(cluster.said.count(cluster.row)).toBeLessThanOrEqual(48);
    expect(topWords(cluster, 60)).toContain('停水');
  });
});
