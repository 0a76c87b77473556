import { describe, expect, test } from 'vitest';
import type { PostId } from '../../../pipelines/domain/post.ts';
import { regionCode } from '../../../pipelines/domain/region.ts';
import { pictureSpread, type PicturedPost } from '../../../pipelines/4-watch/picture-spread.ts';
import { HOUR, MINUTE, MONDAY } from '../../seeds/posts.ts';

const post = (id: string, at: number, parent?: string, more: Partial<PicturedPost> = {}): PicturedPost => ({
  id: id as PostId,
  time: MONDAY + at,
  kind: 'post',
  region: null,
  ...(parent === undefined ? {} : { parent: parent as PostId }),
  ...more,
});

describe('the picture of a spread', () => {
  test('of a star: every post one step from the first, two steps from one another', () => {
    const { cascade } = pictureSpread([post('a', 0), ...['b', 'c', 'd'].map((id, at) => post(id, 1 + at, 'a'))]);
    expect(cascade).toEqual({ size: 4, depth: 1, meanDepth: 0.75, structuralVirality: 1.5 });
  });

  test('of a chain is deep: distances 1, 1, 1, 2, 2, 3', () => {
    const chain = [post('a', 0), post('b', 1, 'a'), post('c', 2, 'b'), post('d', 3, 'c')];
    expect(pictureSpread(chain).cascade).toEqual({ size: 4, depth: 3, meanDepth: 1.5, structuralVirality: 10 / 6 });
  });

  test('is the same in whatever order the posts come, and shows the largest tree', () => {
    const posts = [post('a', 0), post('b', 1, 'a'), post('x', 2), post('y', 3, 'x'), post('z', 4, 'y')];
    expect(pictureSpread([...posts].reverse())).toEqual(pictureSpread(posts));
    expect(pictureSpread(posts).cascade.size).toBe(3);
  });

  test('takes a parent that is unknown, itself, or later for none', () => {
    const posts = [post('a', 0, 'a'), post('b', 1, 'gone'), post('c', 2, 'd'), post('d', 3, 'c')];
    expect(pictureSpread(posts).cascade).toMatchObject({ size: 2, depth: 1 });
  });

  test('names the first post, the first of the media, the first of a hot list, and counts places by tier', () => {
    const posts = [
      post('a', 0, undefined, { region: regionCode('410308102') }),
      post('b', 1, undefined, { author: 'media', region: regionCode('410303') }),
      post('c', 2, undefined, { kind: 'hotlist', region: regionCode('370100') }),
    ];
    expect(pictureSpread(posts)).toMatchObject({
      first: 'a',
      firstMedia: 'b',
      firstHotlist: 'c',
      places: { town: 1, county: 2, city: 2, province: 2 },
    });
  });

  test('turns where the pace doubles and where it falls by half', () => {
    const every = (from: number, to: number, gap: number): number[] =>
      Array.from({ length: Math.floor((to - from) / gap) }, (_, at) => from + at * gap);
    const times = [...every(0, 6 * HOUR, 30 * MINUTE), ...every(6 * HOUR, 12 * HOUR, 3 * MINUTE), 20 * HOUR];
    const { turningPoints } = pictureSpread(times.map((time, at) => post(`p${at}`, time)));
    expect(turningPoints.map(({ kind }) => kind)).toEqual(['rise', 'fall']);
  });

  test('of nothing is empty', () => {
    expect(pictureSpread([])).toMatchObject({ posts: 0, first: null, places: {}, turningPoints: [] });
  });
});
