import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { IncidentId } from '../../../pipelines/domain/incident.ts';
import type { CaseTimer } from '../../../pipelines/ports/timer-book.ts';
import { openCases } from '../../../server/adapters/cases/sqlite-cases.ts';
import { openDb } from '../../../server/adapters/sqlite/open-db.ts';
import { AN_INCIDENT, AT_NINE, raised } from '../../seeds/cases.ts';
import { caseBookSuite } from '../../suites/case-book-suite.ts';

const folder = mkdtempSync(join(tmpdir(), 'cases-'));
afterAll(() => rmSync(folder, { recursive: true }));
const pathOf = (name: string) => join(folder, `${name}.sqlite`);
const clock = { now: () => AT_NINE };

caseBookSuite('sqlite', (name) => openCases(pathOf(name), clock));

test('a kept event can be neither changed nor removed, whoever tries', () => {
  const book = openCases(pathOf('held'), clock);
  book.append(AN_INCIDENT, 0, [raised()]);
  const db = openDb(pathOf('held'));
  expect(() => db.exec("UPDATE case_event SET body = '{}'")).toThrow(/never changed/);
  expect(() => db.exec('DELETE FROM case_event')).toThrow(/never removed/);
  db.close();
  expect(book.events(AN_INCIDENT)).toHaveLength(1);
  book.close();
});

test('timers are kept by incident, given earliest first, and set anew as often as one likes', () => {
  const book = openCases(pathOf('timers'), clock);
  const other = 'i-2' as IncidentId;
  const timer = (incident: IncidentId, kind: CaseTimer['kind'], at: number): CaseTimer => ({ incident, kind, at });
  book.timers.set(
    new Map([
      [AN_INCIDENT, [timer(AN_INCIDENT, 'half', 50), timer(AN_INCIDENT, 'due', 100)]],
      [other, [timer(other, 'half', 20)]],
    ]),
  );
  expect(book.timers.next()).toBe(20);
  expect(book.timers.due(50, 10)).toEqual([timer(other, 'half', 20), timer(AN_INCIDENT, 'half', 50)]);
  expect(book.timers.due(50, 1)).toEqual([timer(other, 'half', 20)]);
  book.timers.set(new Map([[other, []]]));
  book.close();
  const again = openCases(pathOf('timers'), clock);
  expect(again.timers.count()).toBe(2);
  expect(again.timers.next()).toBe(50);
  // Hand-offs have theirs beside the file's of the same kind.
  const own = { ...timer(AN_INCIDENT, 'due', 70), handoff: 2 };
  const whole = timer(AN_INCIDENT, 'due', 100);
  again.timers.set(new Map([[AN_INCIDENT, [whole, own]]]));
  expect(again.timers.due(100, 10)).toEqual([own, whole]);
  again.close();
});
