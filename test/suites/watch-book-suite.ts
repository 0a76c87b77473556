import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { WatchHit, WatchId } from '../../pipelines/domain/watch.ts';
import type { WatchBook, WatchDraft } from '../../pipelines/ports/watch-book.ts';
import { aWatch } from '../seeds/watches.ts';

/** Books opened on one bench see the same watches. */
export interface WatchBench {
  book(): WatchBook;
  clear(): void;
}

const id = 'w1' as WatchId;

function aDraft(given: Parameters<typeof aWatch>[0] = {}): WatchDraft {
  const { name, query, hysteresis, quiet, channel, paused, deleted, savedAt, by, why } = aWatch(given);
  return { name, query, hysteresis, quiet, channel, paused, deleted, savedAt, by, why };
}

const aHit = (given: Partial<WatchHit> = {}): WatchHit => ({
  watch: id,
  version: 1,
  event: 'opened',
  at: 1_000,
  openedAt: 1_000,
  posts: [],
  count: 3,
  quietUntil: null,
  ...given,
});

/** Every promise of the WatchBook port; each adapter runs it. */
export function watchBookSuite(bench: () => WatchBench): void {
  let place: WatchBench;
  let book: WatchBook;
  const opened: WatchBook[] = [];
  const another = (): WatchBook => {
    const made = place.book();
    opened.push(made);
    return made;
  };
  beforeEach(() => {
    place = bench();
    book = another();
  });
  afterEach(() => {
    for (const each of opened.splice(0)) each.close();
    place.clear();
  });

  describe('watches', () => {
    test('a watch comes back as it was saved, also from another book', () => {
      const answer = book.save(id, 0, aDraft({ query: { all: ['停水'] }, why: '供暖季' }));
      expect(answer).toEqual({ kept: aWatch({ query: { all: ['停水'] }, why: '供暖季' }) });
      expect(another().get(id)).toEqual(aWatch({ query: { all: ['停水'] }, why: '供暖季' }));
      expect(book.get('w2' as WatchId)).toBeUndefined();
    });

    test('a change is a new version, and who comes second is told what has come meanwhile', () => {
      book.save(id, 0, aDraft());
      book.save(id, 1, aDraft({ name: '停水停电', why: '加上停电' }));
      const answer = book.save(id, 1, aDraft({ name: '另一个改法' }));
      expect(answer).toMatchObject({ meanwhile: { version: 2, name: '停水停电' } });
      expect(book.versions(id).map(({ version, why }) => [version, why])).toEqual([
        [2, '加上停电'],
        [1, ''],
      ]);
    });

    test('says since which version it asks what it asks', () => {
      book.save(id, 0, aDraft({ query: { all: ['停水'] } }));
      book.save(id, 1, aDraft({ query: { all: ['停水'] }, name: '换个名称' }));
      expect(book.get(id)).toMatchObject({ version: 2, since: 1 });
      book.save(id, 2, aDraft({ query: { all: ['停电'] } }));
      expect(book.get(id)).toMatchObject({ version: 3, since: 3 });
    });

    test('lists each once, as it is now, the deleted ones marked', () => {
      book.save(id, 0, aDraft());
      book.save(id, 1, aDraft({ deleted: true }));
      book.save('w2' as WatchId, 0, aDraft({ name: '走失' }));
      expect(book.list().map(({ id, deleted }) => [id, deleted])).toEqual([
        ['w1', true],
        ['w2', false],
      ]);
    });
  });

  describe('hits', () => {
    test('are numbered in the order they are kept, and read after a number', () => {
      expect(book.lastSeq()).toBe(0);
      const kept = book.record([aHit(), aHit({ event: 'closed', at: 2_000 })]);
      expect(kept.map(({ event, seq }) => [event, seq])).toEqual([
        ['opened', 1],
        ['closed', 2],
      ]);
      expect(another().hits(1, 10)).toEqual(kept.slice(1));
      expect(book.hits(0, 1)).toEqual(kept.slice(0, 1));
      expect(book.lastSeq()).toBe(2);
    });

    test('told again in a replay are kept once', () => {
      book.record([aHit()]);
      expect(book.record([aHit(), aHit({ at: 9_000, openedAt: 9_000 })]).map(({ at }) => at)).toEqual([9_000]);
      expect(book.hits(0, 10)).toHaveLength(2);
    });

    test('of one watch come newest first', () => {
      book.record([aHit(), aHit({ watch: 'w2' as WatchId }), aHit({ event: 'closed', at: 2_000 })]);
      expect(book.lastHits(id, 10).map(({ event }) => event)).toEqual(['closed', 'opened']);
      expect(book.lastHits(id, 1)).toHaveLength(1);
    });
  });
}
