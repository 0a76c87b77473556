import { describe, expect, test } from 'vitest';
import type { HandoffRow, Ledger } from '../../server/contract/case-file.ts';
import { handoffAges } from '../../server/handoff-ages.ts';

const NOW = Date.parse('2026-11-20T21:00:00+08:00');
const HOUR = 3_600_000;
const ago = (hours: number): string => new Date(NOW - hours * HOUR).toISOString();

interface Given {
  readonly account: string;
  readonly hours: number;
  readonly incident?: string;
  /** Hours past due. */
  readonly late?: number;
}

const ledger = (...given: readonly Given[]): Pick<Ledger, 'units'> => ({
  units: given.map(({ account, hours, incident = 'i', late }) => ({
    ...{
      account: { account, name: `${account}的账号` },
      open: 1,
      late: late === undefined ? 0 : 1,
      oldest: ago(hours),
    },
    rows: [
      {
        ...{ incident, title: '', regionName: '', status: 'assigned' as const, age: hours * 60, refusals: 0 },
        late: late !== undefined,
        handoff: { at: ago(hours), due: late === undefined ? null : ago(late) } as HandoffRow,
      },
    ],
  })),
});

describe('open hand-offs by unit', () => {
  test('count each once by its age, and name the longest first', () => {
    const ages = handoffAges(
      ledger(
        { account: 'gs', hours: 1 },
        { account: 'zj', hours: 5, incident: 'a' },
        { account: 'gs', hours: 6, incident: 'b' },
        { account: 'gs', hours: 25 },
        { account: 'zj', hours: 48, incident: 'a' },
      ),
      (account) => (account === 'gs' ? '供水公司' : '住建局'),
      NOW,
    );
    expect(ages).toEqual([
      { unit: '住建局', ages: [1, 0, 1], late: 0, oldest: ago(48), lateSince: null, incidents: ['a'] },
      { unit: '供水公司', ages: [1, 1, 1], late: 0, oldest: ago(25), lateSince: null, incidents: ['i', 'b'] },
    ]);
  });

  test('two accounts of one unit are one unit; an account that is gone keeps its name', () => {
    const ages = handoffAges(
      ledger({ account: 'a1', hours: 2 }, { account: 'a2', hours: 3 }, { account: 'gone', hours: 1 }),
      (account) => (account === 'gone' ? undefined : '公安局'),
      NOW,
    );
    expect(ages.map(({ unit, ages: [fresh] }) => [unit, fresh])).toEqual([
      ['公安局', 2],
      ['gone的账号', 1],
    ]);
  });

  test('what is late says since when the first of it is', () => {
    const [unit] = handoffAges(
      ledger({ account: 'zj', hours: 9, late: 1 }, { account: 'zj', hours: 8, late: 3 }),
      () => '住建局',
      NOW,
    );
    expect(unit).toMatchObject({ late: 2, lateSince: ago(3) });
  });
});
