import { expect, test } from 'vitest';
import { documentOf } from '../../../pipelines/domain/post-document.ts';
import { searchWords } from '../../../pipelines/domain/search-words.ts';
import { indexPosts } from '../../../pipelines/3-record/index-posts.ts';
import type { PostStore } from '../../../pipelines/ports/post-store.ts';
import { aFoldedPost, id, NOON, placeAt } from '../../suites/post-seeds.ts';

test('what the store refuses becomes a dead letter with its place, its reason and the post', async () => {
  const store = { save: async () => [{ id: id('b'), because: 'too wide' }] } as unknown as PostStore;
  const batch = ['a', 'b'].map((name) => aFoldedPost({ id: id(name), source: 'crawler' }));
  const letters = await indexPosts(store, { now: () => NOON })(batch);
  expect(letters).toMatchObject([{ at: NOON, source: 'crawler', row: 2, because: 'too wide', door: 'index' }]);
  expect(JSON.parse(letters[0]?.raw ?? '')).toMatchObject({ id: 'b', text: '小区又停水了' });
});

test('search words are lower case, without blanks and lone punctuation', () => {
  expect(searchWords(['停水', ',', 'ABC d', '😭', '3.14', ' ', '。!'])).toEqual(['停水', 'abc', 'd', '😭', '3.14']);
});

test('a document names every region above its own', () => {
  const post = aFoldedPost({ id: id('a'), region: placeAt('410327100') });
  expect(documentOf(post).path).toEqual(['410327100', '410327', '410300', '410000']);
});
