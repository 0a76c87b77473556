import { describe, expect, test } from 'vitest';
import type { CaseFileRow, HandoffRow } from '../../server/contract/case-file.ts';
import type { SuggestionRow } from '../../server/contract/http.ts';
import { chainOf } from '../../web/src/desk/chain-of.ts';

const NINE = '2026-11-20T13:00:00.000Z';
const TEN = '2026-11-20T14:00:00.000Z';
const named = (account: string) => ({ account, name: account });

/** 县融媒 speaks first, the station gives facts, the town supplements, the city relays. */
const SUGGESTION: SuggestionRow = {
  id: 's',
  first: 'county',
  firstName: 'county',
  firstTier: 'county',
  outside: null,
  outsideName: null,
  then: [
    { account: 'station', accountName: 'station', act: 'giveFacts', because: '主责' },
    { account: 'town', accountName: 'town', act: 'supplement', because: '属地' },
    { account: 'city', accountName: 'city', act: 'relay', because: '上级转发' },
  ],
  clock: { rule: '48小时', minutes: 2880, due: TEN },
  because: [],
};

const handoff = (account: string, more: Partial<HandoffRow> = {}): HandoffRow => ({
  ...{ seq: 2, account, name: account, public: false, mode: 'assign', from: null, at: NINE, due: null, state: 'open' },
  ...{ acceptedAt: null, refused: null, decided: false, endedAt: null },
  ...more,
});

/** A file whose court is with the county; say only what matters. */
function aFile(more: Partial<CaseFileRow> = {}, stopped: string | null = null): CaseFileRow {
  return {
    incident: 'i',
    brief: { court: named('county'), clock: { stopped, due: TEN } } as CaseFileRow['brief'],
    ...{ grade: null, handoffs: [], words: [], facts: [], supervisors: [], overridden: null, dispatched: [] },
    ...{ voices: { solved: 0, unsolved: 0 }, closed: null, public: null, round: 1, allowed: [], events: [] },
    ...(stopped === null ? { passesOn: { at: TEN, to: named('bureau') } } : {}),
    ...more,
  };
}
const told = (file: CaseFileRow): string[] =>
  chainOf(SUGGESTION, file).map(({ act, account, state, after }) =>
    [act, account, state, ...(after === undefined ? [] : [after])].join(' '),
  );

describe('the chain of an incident', () => {
  test('at first: who speaks has the move, who builds on it waits for it, and at the end stands who takes over when', () => {
    expect(told(aFile())).toEqual([
      'publish county now',
      'giveFacts station later',
      'supplement town later first',
      'relay city later first',
      'takeOver bureau later time',
    ]);
    expect(chainOf(SUGGESTION, aFile()).at(-1)).toMatchObject({ at: TEN });
  });

  test('who was asked has the move until its facts are in; once the answer is out nobody takes over', () => {
    const asked = aFile({ handoffs: [handoff('station')] });
    expect(told(asked)).toContain('giveFacts station now');
    const word = { seq: 5, kind: 'answered', account: named('county'), text: '已找到', publishedAt: TEN } as const;
    const facts = [{ account: named('station'), text: '已找到', at: NINE }];
    expect(told(aFile({ words: [word], facts }, TEN))).toEqual([
      'publish county done',
      'giveFacts station done',
      'supplement town later',
      'relay city later',
    ]);
  });

  test('who gave it back is shown with whose it is', () => {
    const refused = { at: TEN, next: named('traffic'), why: '归交警' };
    const file = aFile({ handoffs: [handoff('station', { state: 'refused', refused, endedAt: TEN })] });
    expect(chainOf(SUGGESTION, file)).toContainEqual(
      expect.objectContaining({ account: 'station', state: 'refused', next: 'traffic' }),
    );
  });

  test('where a person chose another, that one speaks first; who has it already is not told to take over', () => {
    const overridden = { chosen: named('bureau'), why: '涉及全市', by: '夜班', at: NINE };
    expect(told(aFile({ overridden }))[0]).toBe('publish bureau later');
    expect(told(aFile({ passesOn: { at: TEN, to: null } })).at(-1)).toBe('relay city later first');
  });
});
