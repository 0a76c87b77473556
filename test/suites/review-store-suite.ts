import { describe, expect, test } from 'vitest';
import type { PostId } from '../../pipelines/domain/post.ts';
import type { ReviewStore } from '../../pipelines/ports/review-store.ts';
import { aReview } from '../seeds/reviews.ts';

const P1 = 'post-1' as PostId;
const P2 = 'post-2' as PostId;

/** What every store of reviewed cases promises. `open` opens the same store again each time it is called with the same name. */
export function reviewStoreSuite(name: string, open: (name: string) => ReviewStore): void {
  describe(`review store: ${name}`, () => {
    let serial = 0;
    const fresh = (): ReviewStore => open(`fresh-${++serial}`);

    test('gives back what was kept, whole, with a number that grows', () => {
      const store = fresh();
      const draft = aReview({
        title: '题',
        authorKind: 'verified',
        calibration: 'cafe0123',
        comment: '问过水厂',
        says: { place: null, rumor: { finding: 'confirmed-true', source: '水厂公告' }, duty: [] },
        matches: [{ id: 'r1', finding: 'rejected', claim: '说法', verdict: '结论', source: '局', publishedAt: 1 }],
      });
      expect(store.add(draft)).toEqual({ kept: { ...draft, id: 1 } });
      expect(store.add(aReview())).toMatchObject({ kept: { id: 2 } });
      expect(store.list({ limit: 10 })[1]).toEqual({ ...draft, id: 1 });
      expect(store.count()).toBe(2);
    });

    test('lists newest first, page by page', () => {
      const store = fresh();
      for (let n = 0; n < 5; n++) store.add(aReview());
      const first = store.list({ limit: 2 });
      expect(first.map((one) => one.id)).toEqual([5, 4]);
      expect(store.list({ limit: 9, before: 4 }).map((one) => one.id)).toEqual([3, 2, 1]);
    });

    test('keeps every case of a post, oldest first, and knows nothing of others', () => {
      const store = fresh();
      store.add(aReview({ post: P1, says: { mood: 'sad' } }));
      store.add(aReview({ post: P2 }));
      store.add(aReview({ post: P1, says: { mood: 'angry' } }));
      const of = store.of([P1, 'nobody' as PostId]);
      expect([...of.keys()]).toEqual([P1]);
      expect(of.get(P1)?.map((one) => one.says.mood)).toEqual(['sad', 'angry']);
      expect(store.of([]).size).toBe(0);
    });

    test('of two people who looked at the same post, the second is shown what the first said, and nothing of theirs is kept', () => {
      const store = fresh();
      const first = store.add(aReview({ post: P1, says: { mood: 'sad' } }), 0);
      expect(first).toMatchObject({ kept: { id: 1 } });
      expect(store.add(aReview({ post: P1, says: { mood: 'angry' } }), 0)).toMatchObject({
        meanwhile: { id: 1, says: { mood: 'sad' } },
      });
      expect(store.count()).toBe(1);
      expect(store.add(aReview({ post: P1, says: { mood: 'angry' } }), 1)).toMatchObject({ kept: { id: 2 } });
      expect(store.add(aReview({ post: P2 }), 0)).toMatchObject({ kept: { id: 3 } });
    });

    test('is read whole, oldest first, beyond one page', () => {
      const store = fresh();
      for (let n = 0; n < 520; n++) store.add(aReview());
      expect([...store.all()].map((one) => one.id)).toEqual(Array.from({ length: 520 }, (_, at) => at + 1));
    });

    test('survives being closed, also for texts no one should write', () => {
      const text = '\u0000<script>\u202e"\\ \ud800 𠮷' + '长'.repeat(30_000);
      const before = open('kept');
      before.add(aReview({ text, comment: "'); DROP TABLE reviewed; --" }));
      before.close();
      const after = open('kept');
      expect(after.list({ limit: 1 })[0]).toMatchObject({ id: 1, text, comment: "'); DROP TABLE reviewed; --" });
      after.close();
    });
  });
}
