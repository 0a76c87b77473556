import { describe, expect, test } from 'vitest';
import type { MatrixDraft, MatrixPut } from '../../pipelines/domain/matrix-change.ts';
import type { MatrixStore } from '../../pipelines/ports/matrix-store.ts';
import { anAccount } from '../seeds/accounts.ts';

const NOON = Date.parse('2026-11-20T12:00:00+08:00');
const HOUR = 3_600_000;

const draft = (changes: readonly MatrixPut[], at = NOON): MatrixDraft => ({ changes, at, by: '县办', why: '新设' });

/** What every store of a matrix promises. `open` opens the same store again each time it is called with the same name. */
export function matrixStoreSuite(name: string, open: (name: string) => MatrixStore): void {
  describe(`matrix store: ${name}`, () => {
    let serial = 0;
    const fresh = (): MatrixStore => open(`fresh-${++serial}`);
    const a = anAccount({ id: 'a', name: '甲', hours: [{ days: [1, 2], from: 540, to: 1080 }], contact: '0379-1' });
    const b = anAccount({ id: 'b', name: '乙' });

    test('begins empty, and gives back what was put, whole', () => {
      const store = fresh();
      expect([store.last(), store.accounts(), store.known('a'), store.origin()]).toEqual([0, [], undefined, undefined]);
      expect(store.change(0, draft([{ put: b }, { put: a }]))).toMatchObject({
        kept: [
          { n: 1, batch: 1, account: 'b', was: null, now: b, at: NOON, by: '县办', why: '新设' },
          { n: 2, batch: 1, account: 'a', was: null, now: a },
        ],
      });
      expect(store.accounts()).toEqual([a, b]);
      expect(store.last()).toBe(2);
    });

    test('what changes nothing is not kept as a change', () => {
      const store = fresh();
      store.change(0, draft([{ put: a }]));
      expect(store.change(1, draft([{ put: { ...a } }, { retire: 'nobody' }]))).toEqual({ kept: [] });
      expect(store.last()).toBe(1);
    });

    test('of two who judged by the same state the second is shown what came meanwhile, and nothing of theirs is kept', () => {
      const store = fresh();
      store.change(0, draft([{ put: a }]));
      expect(store.change(0, draft([{ put: b }]))).toMatchObject({ meanwhile: [{ n: 1, account: 'a' }] });
      expect(store.accounts()).toEqual([a]);
    });

    test('a retired account is gone from the matrix and still known by name; it may come back', () => {
      const store = fresh();
      store.change(0, draft([{ put: a }, { put: b }]));
      store.change(2, draft([{ retire: 'a' }]));
      expect(store.accounts()).toEqual([b]);
      expect(store.known('a')).toEqual(a);
      store.change(3, draft([{ put: a }]));
      expect(store.history('a').map(({ n, was, now }) => [n, was?.id ?? null, now?.id ?? null])).toEqual([
        [4, null, 'a'],
        [3, 'a', null],
        [1, null, 'a'],
      ]);
    });

    test('the matrix of a time can be read', () => {
      const store = fresh();
      store.change(0, draft([{ put: a }]));
      store.change(1, draft([{ put: { ...a, name: '新名' } }, { put: b }], NOON + HOUR));
      expect(store.accounts(NOON - 1)).toEqual([]);
      expect(store.accounts(NOON)).toEqual([a]);
      expect(store.accounts(NOON + HOUR).map(({ name: called }) => called)).toEqual(['新名', '乙']);
      expect(store.batch(2).map(({ account }) => account)).toEqual(['a', 'b']);
    });

    test('changes are listed newest first, page by page', () => {
      const store = fresh();
      for (let n = 0; n < 5; n++) store.change(n, draft([{ put: anAccount({ id: `x${n}` }) }]));
      expect(store.changes({ limit: 2 }).map(({ n }) => n)).toEqual([5, 4]);
      expect(store.changes({ limit: 9, before: 4 }).map(({ n }) => n)).toEqual([3, 2, 1]);
    });

    test('survives being closed, with where it came from', () => {
      const before = open('kept');
      const origin = { file: '/x/accounts.json', sha256: 'cafe', at: NOON };
      before.change(0, draft([{ put: { ...a, name: "'); DROP TABLE change; --" } }]), origin);
      before.close();
      const after = open('kept');
      expect(after.accounts()[0]?.name).toBe("'); DROP TABLE change; --");
      expect(after.origin()).toEqual(origin);
      after.close();
    });

    test('another reader of the same store sees a change at once', () => {
      const one = open('shared');
      const other = open('shared');
      one.change(0, draft([{ put: a }]));
      expect(other.last()).toBe(1);
      expect(other.accounts()).toEqual([a]);
      expect(other.change(0, draft([{ put: b }]))).toMatchObject({ meanwhile: [{ account: 'a' }] });
      one.close();
      other.close();
    });
  });
}
