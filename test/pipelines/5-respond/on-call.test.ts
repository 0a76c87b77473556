import { describe, expect, test } from 'vitest';
import type { CaseDraft, CaseEvent } from '../../../pipelines/domain/case-event.ts';
import { NO_PAGING, type CallEvent, type DutyMember, type Shift } from '../../../pipelines/domain/duty-roster.ts';
import type { Incident, IncidentId } from '../../../pipelines/domain/incident.ts';
import { callAt, foldCalls } from '../../../pipelines/5-respond/climb-calls.ts';
import { handOverNote } from '../../../pipelines/5-respond/hand-over-note.ts';
import { chainAt, gapsBetween, lastEnded, onDuty, spansBetween } from '../../../pipelines/5-respond/who-is-on-duty.ts';

const at = (time: string): number => Date.parse(`2026-11-${time}:00+08:00`);
const member = (name: string): DutyMember => ({ name, channel: `to-${name}` });
const shift = (given: Partial<Shift> & Pick<Shift, 'id'>): Shift => ({
  ...{ name: `班${given.id}`, on: { days: [1, 2, 3, 4, 5, 6, 7] }, from: 8 * 60, to: 20 * 60, members: [member('张')] },
  ...given,
});
/** Days and nights of the week; 20 November 2026 is a Friday. */
const DAYS = shift({ id: 1, on: { days: [1, 2, 3, 4, 5] } });
const NIGHTS = shift({ id: 2, from: 20 * 60, to: 8 * 60, members: [member('李'), member('王')] });
const names = (members: readonly DutyMember[]): string => members.map(({ name }) => name).join('');

describe('who is on duty', () => {
  test('a night shift lasts into the next morning', () => {
    const who = (time: string) => names(onDuty([DAYS, NIGHTS], at(time)).flatMap((span) => span.shift.members));
    expect(who('20T09:00')).toBe('张');
    expect(who('20T20:00')).toBe('李王');
    expect(who('21T07:59')).toBe('李王');
    expect(who('21T12:00')).toBe('');
  });

  test('the gaps of a week are named: Saturday and Sunday by day', () => {
    expect(gapsBetween([DAYS, NIGHTS], at('16T00:00'), at('23T00:00'))).toEqual([
      { from: at('21T08:00'), to: at('21T20:00') },
      { from: at('22T08:00'), to: at('22T20:00') },
    ]);
    expect(gapsBetween([], at('16T00:00'), at('17T00:00'))).toEqual([{ from: at('16T00:00'), to: at('17T00:00') }]);
  });

  test('a shift of one date stands before the weekly ones', () => {
    const stand = shift({ id: 3, on: { date: '2026-11-20' }, members: [member('赵')] });
    expect(names(chainAt([DAYS, NIGHTS, stand], [], at('20T09:00')))).toBe('赵');
    expect(names(chainAt([DAYS, NIGHTS, stand], [], at('19T09:00')))).toBe('张');
  });

  test('the leads come after everybody on duty, nobody twice', () => {
    expect(names(chainAt([NIGHTS], [member('主任'), member('李')], at('20T23:00')))).toBe('李王主任');
  });

  test('a shift that lasts a whole day, and the one that ended last', () => {
    const whole = shift({ id: 4, from: 0, to: 0, on: { days: [5] } });
    expect(spansBetween([whole], at('20T00:00'), at('21T00:00'))).toMatchObject([
      { from: at('20T00:00'), to: at('21T00:00') },
    ]);
    expect(lastEnded([DAYS, NIGHTS], at('20T08:30'))).toMatchObject({ shift: { id: 2 }, to: at('20T08:00') });
  });
});

describe('calls climb', () => {
  const rules = { ...NO_PAGING, on: true, waitMinutes: 10 };
  const incident = 'i1' as IncidentId;
  const began = (urgent: boolean): CallEvent => ({ act: 'began', incident, at: at('20T09:00'), urgent, title: '停暖' });
  const called = (step: number, time: string): CallEvent => ({
    act: 'called',
    incident,
    at: at(time),
    step,
    member: member('张'),
  });

  test('the first at once, the next after ten minutes, the end when somebody takes over', () => {
    const state = foldCalls([began(true)], rules);
    expect(state).toMatchObject({ state: 'calling', step: 0, dueAt: at('20T09:00') });
    expect(foldCalls([began(true), called(0, '20T09:00')], rules)).toMatchObject({ step: 1, dueAt: at('20T09:10') });
    expect(
      foldCalls([began(true), called(0, '20T09:00'), { act: 'taken', incident, at: at('20T09:04'), by: '张' }], rules),
    ).toMatchObject({ state: 'taken', dueAt: null, takenBy: '张' });
  });

  test('at night what can wait waits for the morning, and what is urgent does not', () => {
    const chain = [member('李')];
    expect(callAt({ step: 0, urgent: false }, chain, rules, at('20T23:00'))).toEqual({
      act: 'defer',
      until: at('21T07:00'),
    });
    expect(callAt({ step: 0, urgent: true }, chain, rules, at('20T23:00'))).toMatchObject({ act: 'call' });
  });

  test('the last of the chain is called three times more, and then nobody is left; with no chain at once', () => {
    const chain = [member('李'), member('主任')];
    const who = [0, 1, 2, 3, 4, 5].map((step) => {
      const next = callAt({ step, urgent: true }, chain, rules, 0);
      return next.act === 'call' ? next.member.name : next.act;
    });
    expect(who).toEqual(['李', '主任', '主任', '主任', '主任', 'nobody']);
    expect(callAt({ step: 0, urgent: true }, [], rules, 0)).toEqual({ act: 'nobody' });
  });
});

describe('the hand-over note, written by the ledger', () => {
  const words = { region: () => '嵩县', account: (id: string) => `账号${id}`, mask: (text: string) => text };
  const incident = (id: string, given: Partial<Incident> = {}): Incident =>
    ({
      ...{ id, title: `事件${id}`, region: '410325', state: 'open', lifeAtRisk: false, openedAt: at('20T09:00') },
      steps: [{ from: null, to: 'town', at: at('20T09:00'), because: [], evidence: [] }],
      ...given,
    }) as unknown as Incident;
  const file = (
    id: string,
    drafts: readonly (Partial<CaseDraft> & { readonly at: number })[],
    given: Partial<Incident> = {},
  ) => ({
    incident: incident(id, given),
    minutes: 60,
    first: 'songxian',
    events: drafts.map(
      (draft, place) =>
        ({
          by: { kind: 'person', id: 'p', name: '张' },
          ...draft,
          incident: id,
          seq: place + 1,
          keptAt: draft.at,
        }) as unknown as CaseEvent,
    ),
  });
  const raised = {
    act: 'raised',
    at: at('20T09:00'),
    starts: { firstPost: at('20T08:50'), firstSeen: at('20T09:00') },
    suggested: 'songxian',
  } as const;

  test('names what is open, whose court it is in and how long is left, and what changed in the shift', () => {
    const note = handOverNote(
      [
        file('a', [
          raised,
          { act: 'acknowledged', at: at('20T10:00') } as never,
          { act: 'assigned', at: at('20T11:00'), account: 'water', mode: 'assign' } as never,
        ]),
        file('b', [raised, { act: 'closed', at: at('20T12:00'), outcome: 'solved' } as never]),
        file('c', [], { lifeAtRisk: true, openedAt: at('20T19:00') }),
        file('d', [], { openedAt: at('20T20:30'), steps: [] }),
      ],
      at('20T08:00'),
      at('20T20:00'),
      words,
    );
    expect(note).toMatchObject({ opened: 3, closed: 1 });
    expect(note.open.map(({ incident: id, court, status, due }) => [id, court, status, due])).toEqual([
      ['c', '账号songxian', 'untouched', at('20T20:00')],
      ['a', '账号water', 'assigned', at('20T10:00')],
    ]);
    expect(note.changed.filter(({ incident: id }) => id === 'a').map(({ what }) => what)).toEqual([
      '新出现，街道级',
      '张接手',
      '交办账号water',
    ]);
    expect(note.changed.find(({ what }) => what.startsWith('办结'))).toMatchObject({ what: '办结：已解决' });
  });

  test('what happened after the shift is not in its note', () => {
    const note = handOverNote(
      [file('a', [raised, { act: 'closed', at: at('20T21:00'), outcome: 'solved' } as never])],
      at('20T08:00'),
      at('20T20:00'),
      words,
    );
    expect(note.open).toHaveLength(1);
    expect(note.closed).toBe(0);
  });
});
