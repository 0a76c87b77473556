import { describe, expect, test } from 'vitest';
import type { CaseEvent } from '../../pipelines/domain/case-event.ts';
import type { IncidentId } from '../../pipelines/domain/incident.ts';
import type { CaseBook } from '../../pipelines/ports/case-book.ts';
import { AT_NINE, doneAt, raised } from '../seeds/cases.ts';

const ONE = 'i-1' as IncidentId;
const TWO = 'i-2' as IncidentId;
const note = (comment: string) => doneAt(1, { act: 'commented', comment });
const words = (events: readonly CaseEvent[]) =>
  events.map((each) => (each.act === 'commented' ? each.comment : each.act));

/** What every book of files promises. `open` opens the same book again each time it is called with the same name; its clock says AT_NINE. */
export function caseBookSuite(name: string, open: (name: string) => CaseBook): void {
  describe(`case book: ${name}`, () => {
    let serial = 0;
    const fresh = (): CaseBook => open(`fresh-${++serial}`);

    test('numbers the events of each file on their own, and keeps them whole', () => {
      const book = fresh();
      const begin = { ...raised(), why: '一帖即立' };
      expect(book.append(ONE, 0, [begin, note('一')])).toEqual({
        kept: [
          { ...begin, incident: ONE, seq: 1, keptAt: AT_NINE },
          { ...note('一'), incident: ONE, seq: 2, keptAt: AT_NINE },
        ],
      });
      expect(book.append(TWO, 0, [raised()])).toMatchObject({ kept: [{ incident: TWO, seq: 1 }] });
      expect(words(book.events(ONE))).toEqual(['raised', '一']);
      expect(book.events('nobody' as IncidentId)).toEqual([]);
    });

    test('of two who act on the same file, one wins and the other is told what came, and nothing of theirs is kept', () => {
      const book = fresh();
      book.append(ONE, 0, [raised()]);
      expect(book.append(ONE, 1, [note('先')])).toHaveProperty('kept');
      const late = book.append(ONE, 1, [note('后'), note('又')]);
      expect('meanwhile' in late && words(late.meanwhile)).toEqual(['先']);
      expect(words(book.events(ONE))).toEqual(['raised', '先']);
      expect(book.append(ONE, 2, [note('后')])).toMatchObject({ kept: [{ seq: 3 }] });
    });

    test('a writer who claims to have seen more than there is keeps nothing either', () => {
      const book = fresh();
      expect(book.append(ONE, 7, [note('空')])).toEqual({ meanwhile: [] });
      expect(book.events(ONE)).toEqual([]);
    });

    test('many files in one commit: who came too late loses nothing for the others', () => {
      const book = fresh();
      book.append(ONE, 0, [raised()]);
      const answers = book.appendAll([
        { incident: ONE, expected: 0, drafts: [note('迟')] },
        { incident: TWO, expected: 0, drafts: [raised(), note('及时')] },
      ]);
      expect(answers.map((answer) => Object.keys(answer)[0])).toEqual(['meanwhile', 'kept']);
      expect(words(book.events(TWO))).toEqual(['raised', '及时']);
    });

    test('is read whole in the order kept, page by page', () => {
      const book = fresh();
      book.append(ONE, 0, [raised()]);
      book.append(TWO, 0, [raised()]);
      book.append(ONE, 1, [note('一'), note('二')]);
      const first = book.after(0, 3);
      expect(first.map(({ event }) => [event.incident, event.seq])).toEqual([
        [ONE, 1],
        [TWO, 1],
        [ONE, 2],
      ]);
      expect(book.after(first.at(-1)?.n ?? 0, 3).map(({ event }) => event.seq)).toEqual([3]);
    });

    test('survives being closed, also for texts no one should write', () => {
      const text = '\u0000<script>\u202e"\\ \ud800 𠮷' + '长'.repeat(10_000);
      const before = open('kept');
      before.append(ONE, 0, [raised(), note(text)]);
      before.close();
      const after = open('kept');
      expect(words(after.events(ONE))).toEqual(['raised', text]);
      after.close();
    });
  });
}
