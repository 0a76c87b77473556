import { describe, expect, test } from 'vitest';
import { HeapWords } from '../../../pipelines/4-watch/heap-words.ts';
import { Postings } from '../../../pipelines/4-watch/postings.ts';

/** The rows that bear a hash, as they are met. */
function bearersOf(postings: Postings, id: number): number[] {
  const [shared, met] = [new Float64Array(100), new Int32Array(100)];
  const count = postings.gather(id, 1, shared, met, 0);
  return [...met.subarray(0, count)];
}

describe('the rows that bear a word', () => {
  test('are met oldest first, and one that let the word go is not met', () => {
    const postings = new Postings();
    for (const row of [3, 7, 5]) postings.add(42, row);
    postings.add(43, 7);
    postings.remove(42, 7);
    expect(bearersOf(postings, 42)).toEqual([3, 5]);
    expect(bearersOf(postings, 43)).toEqual([7]);
  });

  test('are the newest 24', () => {
    const postings = new Postings();
    for (let row = 0; row < 30; row++) postings.add(42, row);
    expect(bearersOf(postings, 42)).toEqual(Array.from({ length: 24 }, (_, at) => at + 6));
  });

  test('come back from a saved state in the same order, in the rows they have now', () => {
    const postings = new Postings();
    for (const row of [3, 7, 5]) postings.add(42, row);
    const again = new Postings();
    again.load(structuredClone(postings.save()), (row) => (row === 7 ? undefined : row + 1));
    expect(bearersOf(again, 42)).toEqual([4, 6]);
  });
});

describe('what heaps say', () => {
  test('stands in the order it came, also where something went from the middle', () => {
    const said = new HeapWords();
    const row = said.take();
    for (const [at, word] of ['停水', '水压', '水管'].entries()) said.add(row, at + 1, 3 - at, word);
    said.remove(row, 1);
    expect([said.word(row, 0), said.word(row, 1), said.count(row)]).toEqual(['停水', '水管', 2]);
    expect(said.weightOf(row, 3)).toBe(1);
    expect(said.weightOf(row, 2)).toBe(0);
  });

  test('is nobody else’s once its row is given back', () => {
    const said = new HeapWords();
    const row = said.take();
    said.add(row, 1, 1, '停水');
    said.giveBack(row);
    expect(said.take()).toBe(row);
    expect([said.count(row), said.word(row, 0)]).toEqual([0, undefined]);
  });

  test('finds room for thousands of heaps', () => {
    const said = new HeapWords();
    const rows = Array.from({ length: 5_000 }, () => said.take());
    for (const row of rows) said.add(row, row, row, `词${row}`);
    expect(said.word(rows[4_999]!, 0)).toBe('词4999');
    expect(said.word(rows[0]!, 0)).toBe('词0');
  });
});
