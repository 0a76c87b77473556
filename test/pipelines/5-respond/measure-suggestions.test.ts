import { describe, expect, test } from 'vitest';
import { measureSuggestions } from '../../../pipelines/5-respond/measure-suggestions.ts';
import type { CaseAct, CaseEvent } from '../../../pipelines/domain/case-event.ts';
import type { IncidentId, IncidentKind } from '../../../pipelines/domain/incident.ts';
import type { Tier } from '../../../pipelines/domain/tier.ts';

const NOON = Date.parse('2026-11-20T12:00:00+08:00');
const TIERS: Readonly<Record<string, Tier>> = { street: 'town', county: 'county' };
const KINDS: Readonly<Record<string, IncidentKind>> = { rumor: '谣言' };

/** The file of one incident: raised with a suggestion, then these acts. */
function file(
  name: string,
  suggested: string | null,
  ...acts: readonly (CaseAct & { readonly why?: string })[]
): CaseEvent[] {
  const raised: CaseAct = { act: 'raised', starts: { firstPost: NOON, firstSeen: NOON }, suggested };
  return [raised, ...acts].map((act, at) => ({
    ...act,
    ...{ incident: name as IncidentId, seq: at + 1, at: NOON + at, keptAt: NOON + at },
    by: { kind: 'rule', rule: '测试' },
  }));
}
const answered = (account: string): CaseAct => ({
  act: 'answered',
  word: { account, text: '已处理', publishedAt: NOON },
});
const assigned = (account: string): CaseAct => ({ act: 'assigned', account, mode: 'assign' });
const overridden = (suggested: string, chosen: string) =>
  ({ act: 'overridden', suggested, chosen, why: '市里要求' }) as const;

const measure = (...files: readonly CaseEvent[][]) =>
  measureSuggestions(
    files.flat(),
    (incident) => ({ kind: KINDS[incident] ?? '投诉' }),
    (account) => TIERS[account],
  );

describe('a suggestion counts as followed', () => {
  test.each<[string, CaseEvent[], { followed: number; decided: number }]>([
    ['where its account answered', file('a', 'street', answered('street')), { followed: 1, decided: 1 }],
    [
      'where the case was handed to its account',
      file('a', 'street', assigned('street'), answered('county')),
      { followed: 1, decided: 1 },
    ],
    ['not where another answered', file('a', 'street', answered('county')), { followed: 0, decided: 1 }],
    [
      'not where people chose another, whatever came after',
      file('a', 'street', overridden('street', 'county'), answered('street')),
      { followed: 0, decided: 1 },
    ],
    [
      'again where the override was taken back',
      file('a', 'street', overridden('street', 'county'), { act: 'undone', of: 2 }, answered('street')),
      { followed: 1, decided: 1 },
    ],
    [
      'not where nobody was suggested and somebody answered',
      file('a', null, answered('street')),
      { followed: 0, decided: 1 },
    ],
    [
      'not at all before anybody has decided',
      file('a', 'street', { act: 'acknowledged' }),
      { followed: 0, decided: 0 },
    ],
    ['not at all where nobody was suggested and nobody answered', file('a', null), { followed: 0, decided: 0 }],
  ])('%s', (_, events, expected) => {
    expect(measure(events).all).toMatchObject(expected);
  });
});

test('below five decided no share is given; from five on it is', () => {
  const four = ['a', 'b', 'c', 'd'].map((name) => file(name, 'street', answered('street')));
  expect(measure(...four).all).toEqual({ followed: 4, decided: 4, share: null });
  expect(measure(...four, file('e', 'county', answered('street'))).all).toEqual({
    followed: 4,
    decided: 5,
    share: 0.8,
  });
});

test('by kind and by the tier that was suggested, with what is still open', () => {
  const measured = measure(
    file('rumor', 'county', answered('county')),
    file('x', 'street', answered('street')),
    file('y', 'street'),
  );
  expect(measured.byKind.map(({ kind, decided }) => [kind, decided])).toEqual([
    ['谣言', 1],
    ['投诉', 1],
  ]);
  expect(measured.byTier.map(({ tier, followed }) => [tier, followed])).toEqual([
    ['county', 1],
    ['town', 1],
  ]);
  expect(measured.open).toBe(1);
});

test('overrides are listed with their reasons', () => {
  expect(measure(file('x', 'street', overridden('street', 'county'))).overrides).toEqual([
    { incident: 'x', at: NOON + 1, suggested: 'street', chosen: 'county', why: '市里要求' },
  ]);
});
