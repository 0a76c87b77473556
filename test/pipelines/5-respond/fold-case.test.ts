import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseAct, CaseDraft, CaseEvent } from '../../../pipelines/domain/case-event.ts';
import type { PostId } from '../../../pipelines/domain/post.ts';
import { foldCase, foldOn } from '../../../pipelines/5-respond/fold-case.ts';
import { isOpen } from '../../../pipelines/5-respond/fold-handoffs.ts';
import { mayAct } from '../../../pipelines/5-respond/may-act.ts';
import { AT_NINE, MINUTE, LI, RULE, WANG, anAccount, doneAt, filed, raised, wordOf } from '../../seeds/cases.ts';

const stateAfter = (...drafts: CaseDraft[]) => {
  const state = foldCase(filed(drafts));
  if (state === undefined) throw new Error('no file');
  return state;
};

describe('the file of an incident, as it reads after', () => {
  test('nothing: there is none', () => {
    expect(foldCase([])).toBeUndefined();
    expect(foldCase(filed([doneAt(1, { act: 'commented', comment: '早到' })]))).toBeUndefined();
  });

  test('being raised: the ball is with whom the rule names, since then', () => {
    expect(stateAfter(raised('jianxi'))).toMatchObject({
      ...{ seq: 1, status: 'raised', owner: 'jianxi', start: 'firstSeen', grade: null },
      court: { account: 'jianxi', since: AT_NINE },
    });
  });

  test('a whole life: every status with its time', () => {
    const life: CaseDraft[] = [
      raised('city'),
      doneAt(1, { act: 'acknowledged', comment: '在核实' }),
      doneAt(2, { act: 'assigned', account: 'jianxi', mode: 'assign', minutes: 60 }),
      doneAt(5, { act: 'accepted', account: 'jianxi' }),
      doneAt(40, { act: 'answered', word: wordOf('jianxi', 39) }),
      doneAt(50, { act: 'relayed', word: wordOf('city', 50), of: 5 }),
      doneAt(90, { act: 'closed', outcome: 'solved' }),
      doneAt(120, { act: 'reopened' }, { by: RULE, why: '群众说没解决' }),
    ];
    const statuses = life.map((_, at) => stateAfter(...life.slice(0, at + 1)).status);
    expect(statuses).toEqual('raised acknowledged assigned assigned answered answered closed reopened'.split(' '));
    const end = stateAfter(...life);
    expect(end.words.map(({ kind, of }) => [kind, of])).toEqual([
      ['answered', undefined],
      ['relayed', 5],
    ]);
    expect(end.handoffs).toMatchObject([
      {
        account: 'jianxi',
        from: 'city',
        state: 'answered',
        asked: { from: AT_NINE + 2 * MINUTE, due: AT_NINE + 62 * MINUTE },
        accepted: { seq: 4 },
      },
    ]);
    expect(end).toMatchObject({ owner: 'jianxi', court: { account: 'jianxi' }, round: { n: 2, seq: 8 } });
    expect(end.closed).toBeUndefined();
  });

  test('a refusal: the ball is with whom it names, who received it first stays answerable until one accepts', () => {
    const asked = doneAt(2, { act: 'assigned', account: 'heating', mode: 'transfer' });
    const refused = doneAt(9, { act: 'refused', account: 'heating', next: 'housing' }, { why: '换热站归住建' });
    const open = stateAfter(raised('jianxi'), asked, refused);
    expect(open).toMatchObject({ owner: 'jianxi', court: { account: 'housing', since: AT_NINE + 9 * MINUTE } });
    expect(open.handoffs.map(({ account, state }) => [account, state])).toEqual([
      ['heating', 'refused'],
      ['housing', 'open'],
    ]);
    expect(open.handoffs[0]?.refused).toMatchObject({ next: 'housing', why: '换热站归住建' });
    const accepted = stateAfter(raised('jianxi'), asked, refused, doneAt(12, { act: 'accepted', account: 'housing' }));
    expect(accepted).toMatchObject({ owner: 'housing', court: { since: AT_NINE + 9 * MINUTE } });
  });

  test('吹哨: several are asked, and the ball stays with who whistled', () => {
    const whistle = (account: string) => doneAt(3, { act: 'assigned', account, mode: 'whistle' });
    const state = stateAfter(
      raised('jianxi'),
      whistle('water'),
      whistle('police'),
      doneAt(4, { act: 'accepted', account: 'water' }),
    );
    expect(state).toMatchObject({ owner: 'jianxi', court: { account: 'jianxi', since: AT_NINE } });
    expect(state.handoffs.filter(isOpen).map(({ account, state: now }) => [account, now])).toEqual([
      ['water', 'accepted'],
      ['police', 'open'],
    ]);
  });

  test('facts from a unit without an account: the ball goes back to whoever asked and replies in public', () => {
    const state = stateAfter(
      raised('jianxi'),
      doneAt(2, { act: 'assigned', account: 'heating', mode: 'assign' }),
      doneAt(
        8,
        { act: 'factsGiven', account: 'heating', text: '水泵 6:40 修好' },
        { by: { kind: 'unit', account: 'heating' } },
      ),
    );
    expect(state).toMatchObject({ owner: 'jianxi', court: { account: 'jianxi', since: AT_NINE + 8 * MINUTE } });
    expect(state.handoffs).toMatchObject([{ state: 'answered' }]);
    expect(state.facts).toMatchObject([{ account: 'heating', text: '水泵 6:40 修好' }]);
  });

  test('派警: each is asked at once, the ball is with the station', () => {
    const plea = 'p1' as PostId;
    const state = stateAfter(raised('city'), doneAt(1, { act: 'dispatched', to: ['station', 'centre'], plea }));
    expect(state).toMatchObject({ status: 'assigned', court: { account: 'station' } });
    expect(state.handoffs.map(({ account }) => account)).toEqual(['station', 'centre']);
    const accepted = foldCase([
      ...filed([
        raised('city'),
        doneAt(1, { act: 'dispatched', to: ['station', 'centre'], plea }),
        doneAt(2, { act: 'accepted', account: 'station' }),
      ]),
    ]);
    expect(accepted).toMatchObject({ owner: 'station' });
  });

  test('overdue: the tier above takes over, and what was open is taken from who was asked', () => {
    const state = stateAfter(
      raised('street'),
      doneAt(2, { act: 'assigned', account: 'heating', mode: 'assign' }),
      doneAt(2880, { act: 'overdue', account: 'heating', next: 'jianxi' }, { by: RULE }),
      doneAt(2880, { act: 'supervised', account: 'city' }, { by: RULE }),
    );
    expect(state).toMatchObject({ owner: 'jianxi', court: { account: 'jianxi' }, supervisors: ['city'] });
    expect(state.handoffs).toMatchObject([{ state: 'taken' }]);
  });
});

const ACCOUNTS = ['a', 'b', 'c'];
const account = fc.constantFrom(...ACCOUNTS);
const text = fc.constantFrom('', ' ', '说明', '换热站归住建');
const seq = fc.integer({ min: 1, max: 12 });
const word = fc.record({ account, text, publishedAt: fc.constant(AT_NINE) });
const acts: fc.Arbitrary<CaseAct> = fc.oneof(
  fc.record({ act: fc.constant('acknowledged' as const) }),
  fc.record({ act: fc.constant('commented' as const), comment: text }),
  fc.record({ act: fc.constant('graded' as const), grade: fc.constantFrom('重大' as const, null) }),
  fc.record({
    act: fc.constant('clockChosen' as const),
    start: fc.constantFrom('firstPost' as const, 'notified' as const),
  }),
  fc.record({ act: fc.constant('overridden' as const), suggested: fc.constant('a'), chosen: account }),
  fc.record({
    act: fc.constant('assigned' as const),
    account,
    mode: fc.constantFrom('assign' as const, 'transfer' as const, 'whistle' as const),
  }),
  fc.record({ act: fc.constant('accepted' as const), account }),
  fc.record({ act: fc.constant('refused' as const), account, next: account }),
  fc.record({ act: fc.constant('factsGiven' as const), account, text }),
  fc.record({ act: fc.constant('answered' as const), word }),
  fc.record({ act: fc.constant('corrected' as const), word, of: seq }),
  fc.record({
    act: fc.constant('claimDrafted' as const),
    claim: text,
    text,
    evidence: fc.constant(['p' as PostId]),
    sources: fc.constant(['局']),
  }),
  fc.record({ act: fc.constant('claimConfirmed' as const), draft: seq }),
  fc.record({ act: fc.constant('overdue' as const), account, next: account }),
  fc.record({ act: fc.constant('closed' as const), outcome: fc.constantFrom('solved' as const, 'notOurs' as const) }),
  fc.record({ act: fc.constant('reopened' as const) }),
  fc.record({ act: fc.constant('undone' as const), of: seq }),
);
const drafts = fc.array(fc.record({ act: acts, by: fc.constantFrom(LI, WANG, RULE), why: text }), { maxLength: 40 });

/** A file that only holds what was allowed when it was done, however wild the wishes. */
function history(wishes: readonly { act: CaseAct; by: CaseDraft['by']; why: string }[]): CaseEvent[] {
  const kept: CaseDraft[] = [raised('a')];
  for (const { act, by, why } of wishes) {
    const draft = doneAt(kept.length, act, { by, why });
    const context = { account: (id: string) => anAccount(id), lifeAtRisk: true, now: draft.at };
    if (mayAct(foldCase(filed(kept)), draft, context) === undefined) kept.push(draft);
  }
  return filed(kept);
}

describe('whatever was done in whatever order', () => {
  test('the same events give the same state, at every moment of the file, and are never changed by reading', () => {
    fc.assert(
      fc.property(drafts, (wishes) => {
        const events = history(wishes);
        const before = JSON.stringify(events);
        const states = events.map((_, at) => foldCase(events.slice(0, at + 1)));
        expect(states.map((state) => state?.seq)).toEqual(events.map(({ seq: n }) => n));
        expect(foldCase(JSON.parse(before) as CaseEvent[])).toEqual(states.at(-1));
        expect(JSON.stringify(events)).toBe(before);
        for (const [at, event] of events.slice(1).entries())
          if (event.act !== 'undone') expect(foldOn(states[at]!, [event])).toEqual(states[at + 1]);
      }),
    );
  });

  test('what is told in order stays in order, and somebody has the ball until it is closed', () => {
    fc.assert(
      fc.property(drafts, (wishes) => {
        const state = foldCase(history(wishes));
        if (state === undefined) throw new Error('no file');
        const seqs = state.words.map(({ seq: n }) => n);
        expect(seqs).toEqual([...seqs].sort((x, y) => x - y));
        expect(state.court.account === null).toBe(state.status === 'closed');
        expect(state.closed !== undefined).toBe(state.status === 'closed');
        // Nobody is asked twice at once.
        const open = state.handoffs.filter(isOpen).map((each) => each.account);
        expect(new Set(open).size).toBe(open.length);
      }),
    );
  });

  test('an act taken back was never there', () => {
    fc.assert(
      fc.property(drafts, (wishes) => {
        const events = history(wishes);
        const last = events.at(-1)!;
        const undo = doneAt(60, { act: 'undone', of: last.seq }, { by: last.by });
        const context = { account: (id: string) => anAccount(id), lifeAtRisk: true, now: last.at };
        if (mayAct(foldCase(events), { ...undo, at: last.at }, context) !== undefined) return;
        const after = foldCase([...events, ...filed([undo]).map((event) => ({ ...event, seq: last.seq + 1 }))]);
        expect({ ...after, seq: 0 }).toEqual({ ...foldCase(events.slice(0, -1)), seq: 0 });
      }),
    );
  });
});
