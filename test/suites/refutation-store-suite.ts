import { describe, expect, test } from 'vitest';
import type { RefutationStore } from '../../pipelines/ports/refutation-store.ts';
import { aRefutation } from '../seeds/reviews.ts';

/** What every store of refutations promises. `open` opens the same store again each time it is called with the same name. */
export function refutationStoreSuite(name: string, open: (name: string) => RefutationStore): void {
  describe(`refutation store: ${name}`, () => {
    let serial = 0;
    const fresh = (): RefutationStore => open(`fresh-${++serial}`);

    test('counts what is new, changed and the same, and its revision grows only with a change', () => {
      const store = fresh();
      const before = store.revision();
      expect(store.put([aRefutation(), aRefutation({ id: 'r2' })])).toEqual({ added: 2, changed: 0, same: 0 });
      const after = store.revision();
      expect(after).not.toBe(before);
      expect(store.put([aRefutation()])).toEqual({ added: 0, changed: 0, same: 1 });
      expect(store.revision()).toBe(after);
      expect(store.put([aRefutation({ verdict: '已查实' })])).toEqual({ added: 0, changed: 1, same: 0 });
      expect(store.revision()).not.toBe(after);
      expect(store.get('r1')?.verdict).toBe('已查实');
      expect(store.count()).toBe(2);
    });

    test('gives them newest publication first, whole, with or without an address', () => {
      const store = fresh();
      const { url: _url, ...bare } = aRefutation({ id: 'old', publishedAt: 1_000 });
      store.put([bare, aRefutation({ id: 'new', publishedAt: 2_000 })]);
      expect(store.all()).toEqual([aRefutation({ id: 'new', publishedAt: 2_000 }), bare]);
      expect(store.get('nobody')).toBeUndefined();
    });

    test('another process sees what was put, and that it changed', () => {
      const [mine, theirs] = [open('shared'), open('shared')];
      const before = mine.revision();
      theirs.put([aRefutation()]);
      expect(mine.revision()).not.toBe(before);
      expect(mine.get('r1')).toEqual(aRefutation());
      mine.close();
      theirs.close();
    });
  });
}
