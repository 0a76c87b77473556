import { expect, test } from 'vitest';
import { drawCascade } from '../../../pipelines/4-watch/draw-cascade.ts';
import { linkPosts } from '../../../pipelines/4-watch/link-posts.ts';
import { pictureSpread, type PicturedPost } from '../../../pipelines/4-watch/picture-spread.ts';
import { id } from '../../suites/post-seeds.ts';

const MINUTE = 60_000;
const post = (name: string, minute: number, parent?: string): PicturedPost => ({
  id: id(name),
  time: minute * MINUTE,
  kind: parent === undefined ? 'post' : 'repost',
  region: null,
  ...(parent === undefined ? {} : { parent: id(parent) }),
});

test('the largest cascade is laid out by time and depth', () => {
  const drawn = drawCascade([
    post('alone', 0),
    post('a', 1),
    post('b', 2, 'a'),
    post('c', 2, 'a'),
    post('d', 40, 'b'),
    post('e', 97, 'd'),
  ]);
  expect(drawn).toMatchObject({ from: MINUTE, to: 97 * MINUTE, deepest: 3 });
  expect(drawn!.cells.map(({ depth, posts }) => [depth, posts])).toEqual([
    [0, 1],
    [1, 2],
    [2, 1],
    [3, 1],
  ]);
});

test('nothing is drawn where nothing was forwarded', () => {
  expect(drawCascade([])).toBeNull();
  expect(drawCascade([post('a', 1), post('b', 2)])).toBeNull();
});

test('a chain deeper than the drawing ends on its last line', () => {
  const chain = Array.from({ length: 30 }, (_, at) => post(`p${at}`, at, at === 0 ? undefined : `p${at - 1}`));
  const drawn = drawCascade(chain)!;
  expect(drawn.deepest).toBe(9);
  expect(drawn.cells.reduce((sum, { posts }) => sum + posts, 0)).toBe(30);
});

test('a post whose parent nobody collected hangs on the first of its cascade, or stands alone', () => {
  const posts = [post('root', 0), post('b', 1), post('c', 2), post('d', 3), post('e', 4)];
  const linked = linkPosts(
    posts,
    new Map([
      [id('b'), { parent: id('root'), root: id('root') }],
      [id('c'), { parent: id('missing'), root: id('root') }],
      [id('d'), { parent: id('missing'), root: id('missing too') }],
      [id('e'), { parent: id('b'), root: id('root') }],
    ]),
  );
  expect(linked.map(({ parent }) => parent)).toEqual([undefined, 'root', 'root', undefined, 'b']);
  expect(pictureSpread(linked).cascade).toMatchObject({ size: 4, depth: 2 });
});
