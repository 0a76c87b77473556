import { describe, expect, test } from 'vitest';
import { AGAIN_MS, Bells } from '../../web/src/wall/bells.ts';
import { anIncident } from '../browser/invented-city.ts';
import type { FileBrief } from '../../server/contract/case-file.ts';
import type { IncidentRow } from '../../server/contract/http.ts';

type Row = IncidentRow;
const plain = anIncident({ id: 'plain', title: '停水' });
const life = anIncident({ id: 'life', title: '走失', lifeAtRisk: true });
const filed = (row: Row, file: object): Row => ({ ...row, file: file as FileBrief });
const taken = (row: Row): Row => filed(row, { acknowledgedBy: '安岚', clock: { stopped: null } });
const untaken = (row: Row): Row => filed(row, { acknowledgedBy: null, clock: { stopped: null } });
const rows = (...given: readonly Row[]) => {
  const byId = new Map(given.map((row) => [row.id, row]));
  return (id: string): Row | undefined => byId.get(id);
};

describe('the bells of a wall', () => {
  test('a rise rings once, a life at risk twice, and both together no more than the two', () => {
    const bells = new Bells();
    bells.heard('plain');
    expect(bells.due(0, rows(untaken(plain)), false)).toBe(1);
    bells.heard('life');
    bells.heard('plain');
    expect(bells.due(500, rows(untaken(plain), untaken(life)), false)).toBe(2);
    expect(bells.due(1000, rows(untaken(plain), untaken(life)), false)).toBe(0);
  });

  test('it rings again each minute until somebody takes it over', () => {
    const bells = new Bells();
    bells.heard('life');
    expect(bells.due(0, rows(untaken(life)), false)).toBe(2);
    expect(bells.due(AGAIN_MS - 1, rows(untaken(life)), false)).toBe(0);
    expect(bells.due(AGAIN_MS, rows(untaken(life)), false)).toBe(2);
    expect(bells.due(2 * AGAIN_MS, rows(taken(life)), false)).toBe(0);
    expect(bells.waiting).toBe(0);
  });

  test('at night only a life at risk is heard, and the rest is not made up for', () => {
    const bells = new Bells();
    bells.heard('plain');
    bells.heard('life');
    expect(bells.due(0, rows(untaken(plain), untaken(life)), true)).toBe(2);
    expect(bells.due(AGAIN_MS, rows(untaken(plain), taken(life)), false)).toBe(0);
  });

  test('what has cooled, was merged, is answered or is not to be seen any more is silent', () => {
    for (const over of [
      { ...untaken(life), state: 'cooled' as const },
      { ...untaken(life), state: 'merged' as const },
      filed(life, { acknowledgedBy: null, clock: { stopped: '2026-11-20T13:00:00Z' } }),
    ]) {
      const bells = new Bells();
      bells.heard('life');
      expect(bells.due(0, rows(over), false)).toBe(0);
    }
    const bells = new Bells();
    bells.heard('life');
    bells.due(0, rows(untaken(life)), false);
    expect(bells.due(AGAIN_MS, () => undefined, false)).toBe(0);
    expect(bells.waiting).toBe(0);
  });

  test('an alert that comes before its incident rings once the incident is there', () => {
    const bells = new Bells();
    bells.heard('life');
    expect(bells.due(0, () => undefined, false)).toBe(0);
    expect(bells.due(500, rows(untaken(life)), false)).toBe(2);
  });
});
