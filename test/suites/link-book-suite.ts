import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LinkBook } from '../../pipelines/ports/link-book.ts';
import { id } from './post-seeds.ts';

/** Every promise of the LinkBook port; each adapter runs it. `make` opens the same book again. */
export function linkBookSuite(bench: () => { make(): LinkBook; clear(): void }): void {
  let place: ReturnType<typeof bench>;
  let book: LinkBook;
  beforeEach(() => {
    place = bench();
    book = place.make();
  });
  afterEach(() => {
    book.close();
    place.clear();
  });

  test('a link is found by its post, also after closing', () => {
    book.record([
      { post: id('b'), parent: id('a'), root: id('a'), at: 1 },
      { post: id('c'), root: id('a'), at: 2 },
    ]);
    book.record([{ post: id('b'), parent: id('x'), at: 1 }]);
    book.close();
    book = place.make();
    expect([...book.of([id('b'), id('c'), id('d')])].sort()).toEqual([
      ['b', { parent: 'a', root: 'a' }],
      ['c', { root: 'a' }],
    ]);
  });

  test('what is no evidence is forgotten, and what is stays for good', () => {
    book.record(['a', 'b', 'c'].map((name, at) => ({ post: id(name), root: id('r'), at })));
    expect(book.older(2, 10)).toEqual(['a', 'b']);
    expect(book.older(2, 1)).toEqual(['a']);
    book.settle([id('a'), id('b')], new Set([id('b')]));
    expect(book.older(2, 10)).toEqual([]);
    expect([...book.of([id('a'), id('b'), id('c')]).keys()].sort()).toEqual(['b', 'c']);
    expect(book.count()).toBe(2);
  });
}
