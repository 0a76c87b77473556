import { describe, expect, test } from 'vitest';
import { BurstMeter } from '../../../pipelines/4-watch/burst-meter.ts';
import { Clusters } from '../../../pipelines/4-watch/cluster.ts';
import type { Cluster } from '../../../pipelines/4-watch/one-cluster.ts';
import { DocumentFrequency } from '../../../pipelines/4-watch/document-frequency.ts';
import { vectorOf } from '../../../pipelines/4-watch/vector.ts';
import { concernOf } from '../../../pipelines/4-watch/concern.ts';
import { countPost } from '../../../pipelines/4-watch/count-post.ts';
import { newTally } from '../../../pipelines/4-watch/tally.ts';
import { termsOf } from '../../../pipelines/4-watch/terms.ts';
import type { FoldedPost } from '../../../pipelines/domain/post.ts';
import { regionCode } from '../../../pipelines/domain/region.ts';
import { aPost, HOUR, MINUTE, MONDAY } from '../../seeds/posts.ts';

const PLACE = '410303';

/** A meter that has heard these posts, and the cluster that the last `told` of them make. */
function heard(posts: readonly FoldedPost[], told: number): { meter: BurstMeter; cluster: Cluster } {
  const frequency = new DocumentFrequency();
  const meter = new BurstMeter(frequency, 2 * HOUR);
  const clusters = new Clusters({ threshold: 0, windowMs: 1_000 * HOUR, lateMs: 0, capacity: 100 });
  let cluster: Cluster | undefined;
  posts.forEach((post, at) => {
    const terms = termsOf(post);
    frequency.add(terms);
    meter.add(post, terms, concernOf(post));
    if (at < posts.length - told) return;
    const vector = vectorOf(terms, frequency);
    if (cluster === undefined) cluster = clusters.found(vector, terms, regionCode(PLACE), post.time);
    else clusters.add(cluster, vector, terms, post.time);
  });
  if (cluster === undefined) throw new Error('tell at least one post');
  return { meter, cluster };
}

const said = (words: string, time: number): FoldedPost => aPost({ words, at: PLACE, time });
const chatter = (hours: number): FoldedPost[] =>
  Array.from({ length: hours * 12 }, (_, at) =>
    said(['公交 堵车 上班', '晚霞 公园 散步', '豆腐汤 早饭 排队'][at % 3]!, MONDAY + at * 5 * MINUTE),
  );
const NOW = MONDAY + 72 * HOUR;

describe('the burst meter', () => {
  test('a word that everybody always says does not stand out', () => {
    const posts = [...chatter(72), ...[0, 1, 2].map((at) => said('公交 堵车 上班', NOW + at * MINUTE))];
    const { meter, cluster } = heard(posts, 3);
    expect(meter.of(cluster, NOW + 2 * MINUTE)).toBeLessThan(2);
  });

  test('a word never said here stands out when three people say it', () => {
    const posts = [...chatter(72), ...[0, 1, 2].map((at) => said('爆炸 浓烟 消防车', NOW + at * MINUTE))];
    const { meter, cluster } = heard(posts, 3);
    expect(meter.of(cluster, NOW + 2 * MINUTE)).toBeGreaterThan(2);
  });

  test('fades as hours go by', () => {
    const posts = [...chatter(72), ...[0, 1, 2].map((at) => said('爆炸 浓烟 消防车', NOW + at * MINUTE))];
    const { meter, cluster } = heard(posts, 3);
    expect(meter.of(cluster, NOW + 6 * HOUR)).toBeLessThan(meter.of(cluster, NOW + 2 * MINUTE) / 2);
  });

  test('knows nothing of a cluster without a place', () => {
    const { meter, cluster } = heard([...chatter(2), said('爆炸 浓烟 消防车', NOW)], 1);
    expect(meter.of({ ...cluster, region: null }, NOW)).toBe(0);
  });

  test('a place that the stream never names is rarer than one it always names', () => {
    const { meter } = heard(chatter(24), 1);
    expect(meter.rarity(regionCode('653131'))).toBeGreaterThan(meter.rarity(regionCode(PLACE)) + 3);
    expect(meter.rarity(null)).toBe(0);
  });

  test('sets a cluster’s last hour beside the usual hour of its places', () => {
    const { meter } = heard(chatter(72), 1);
    const first = said('爆炸 浓烟', NOW);
    const tally = newTally(1, first);
    for (const at of [0, 1, 2]) {
      const post = said('爆炸 浓烟', NOW + at * MINUTE);
      countPost(tally, post, concernOf(post));
    }
    const volume = meter.volume(tally, regionCode(PLACE), NOW + 2 * MINUTE);
    expect([...volume.keys()]).toEqual(['county', 'city', 'province']);
    expect(volume.get('county')!.lastHour).toBeCloseTo(3, 0);
    expect(volume.get('county')!.usual).toBeGreaterThan(10);
    expect(volume.get('county')!.usual).toBeLessThan(14);
  });

  test('goes on from a saved state', () => {
    const posts = [...chatter(10), ...[0, 1, 2].map((at) => said('爆炸 浓烟 消防车', NOW + at * MINUTE))];
    const { meter, cluster } = heard(posts, 3);
    const after = new BurstMeter(new DocumentFrequency(), 2 * HOUR);
    after.load(structuredClone(meter.save()));
    expect(after.of(cluster, NOW + HOUR)).toBeCloseTo(meter.of(cluster, NOW + HOUR), 6);
  });
});
