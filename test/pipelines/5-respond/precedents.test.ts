import { describe, expect, test } from 'vitest';
import type { CaseDraft, CaseEvent } from '../../../pipelines/domain/case-event.ts';
import { incidentId, anIncidentDocument, OPENED } from '../../seeds/incidents.ts';
import { regionCode } from '../../../pipelines/domain/region.ts';
import { precedentRegion, rankPrecedents, type Precedented } from '../../../pipelines/5-respond/rank-precedents.ts';
import { readCurveAfter } from '../../../pipelines/5-respond/read-curve-after.ts';
import { readPastAnswer } from '../../../pipelines/5-respond/read-past-answer.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const now: Precedented = {
  id: incidentId('now'),
  words: ['停水', '小区', '物业'],
  kind: '投诉',
  duty: ['供水'],
  region: regionCode('410303001'),
  rung: 'county',
  openedAt: OPENED + 30 * DAY,
};
const past = (id: string, given: Parameters<typeof anIncidentDocument>[0] = {}) =>
  anIncidentDocument({ id: incidentId(id), ...given });

describe('ranking', () => {
  const order = (...documents: ReturnType<typeof past>[]): string[] =>
    rankPrecedents(now, documents, 10).map(({ incident }) => incident.id);

  test('by words first, then kind, place and rung', () => {
    const documents = [
      past('other-words', { terms: ['停电'] }),
      past('far', { region: regionCode('410327'), rung: 'city' }),
      past('near', { region: regionCode('410303001') }),
      past('same-county'),
      past('other-kind', { kind: '咨询', duty: [] }),
    ];
    expect(order(...documents)).toEqual(['near', 'same-county', 'far', 'other-kind', 'other-words']);
    expect(order(...documents.reverse())).toEqual(['near', 'same-county', 'far', 'other-kind', 'other-words']);
  });

  test('a rare word in common says more than a common one', () => {
    const filler = Array.from({ length: 20 }, (_, n) =>
      past(`filler-${n}`, { terms: ['小区'], kind: '咨询', duty: [] }),
    );
    const ranked = rankPrecedents(
      now,
      [past('rare', { terms: ['物业'] }), past('common', { terms: ['小区'] }), ...filler],
      2,
    );
    expect(ranked.map(({ incident }) => incident.id)).toEqual(['rare', 'common']);
  });

  test('is never itself, a part of itself, the whole it was split from, or one that was merged', () => {
    const own = { ...now, from: incidentId('whole') };
    const related = [
      past('now'),
      past('whole'),
      past('split-off', { from: incidentId('now') }),
      past('part', { into: incidentId('now'), state: 'merged' }),
      past('merged-elsewhere', { into: incidentId('x'), state: 'merged' }),
      past('precedent'),
    ];
    expect(rankPrecedents(own, related, 10).map(({ incident }) => incident.id)).toEqual(['precedent']);
  });

  test('only what opened before, and between equals the newer', () => {
    expect(
      order(
        past('later', { openedAt: now.openedAt }),
        past('older', { openedAt: OPENED - DAY }),
        past('newer', { openedAt: OPENED }),
      ),
    ).toEqual(['newer', 'older']);
  });

  test('what has nothing to do with it is none', () => {
    expect(
      order(past('x', { terms: ['堵车'], kind: '事故', duty: ['交通'] }), past('y', { terms: ['堵车'], duty: [] })),
    ).toEqual([]);
  });

  test('says what they have in common and how long ago it was', () => {
    const [found] = rankPrecedents(now, [past('a')], 1);
    expect(found).toMatchObject({
      sharedWords: ['停水', '小区'],
      because: ['同有“停水”“小区”', '同为投诉', '同属供水', '同一区县', '同到区县级', '30天前'],
    });
  });

  test('is looked for in the city, or in the province where there is none', () => {
    expect(precedentRegion(regionCode('410303001'))).toBe('410300');
    expect(precedentRegion(regionCode('410000'))).toBe('410000');
    expect(precedentRegion(null)).toBeNull();
  });
});

describe('what was answered', () => {
  const fileOf = (...acts: readonly CaseDraft[]): CaseEvent[] =>
    acts.map((act, at) => ({ ...act, incident: incidentId('i1'), seq: at + 1, keptAt: act.at }));
  const by = { kind: 'person', id: 'zhou', name: '周研判' } as const;
  const raised: CaseDraft = {
    act: 'raised',
    starts: { firstPost: OPENED - HOUR, firstSeen: OPENED },
    suggested: 'water',
    at: OPENED,
    by: { kind: 'rule', rule: '基层首发' },
  };
  const answered: CaseDraft = {
    act: 'answered',
    word: { account: 'water', text: '今晚八点恢复供水', publishedAt: OPENED + 2 * HOUR },
    at: OPENED + 3 * HOUR,
    by,
  };

  test('the first answer by its account, after how long, and how it ended', () => {
    const relayed: CaseDraft = {
      act: 'relayed',
      of: 2,
      word: { account: 'city', text: '转', publishedAt: OPENED + 4 * HOUR },
      at: OPENED + 4 * HOUR,
      by,
    };
    const closed: CaseDraft = { act: 'closed', outcome: 'solved', at: OPENED + DAY, by };
    expect(readPastAnswer(fileOf(raised, answered, relayed, closed))).toEqual({
      first: { account: 'water', text: '今晚八点恢复供水', at: OPENED + 2 * HOUR, after: 2 * HOUR },
      relayed: 1,
      supplemented: 0,
      corrected: 0,
      closed: { outcome: 'solved', at: OPENED + DAY, after: DAY },
      solved: 0,
      unsolved: 0,
    });
  });

  test('a file that tells neither an answer nor an end has no outcome', () => {
    expect(readPastAnswer([])).toBeNull();
    expect(readPastAnswer(fileOf(raised))).toBeNull();
    expect(readPastAnswer(fileOf(raised, answered, { act: 'undone', of: 2, at: OPENED + 4 * HOUR, by }))).toBeNull();
  });
});

describe('what the curve did', () => {
  const hour = (n: number, posts: number) => ({ at: OPENED + n * HOUR, posts });
  const curve = [hour(0, 4), hour(1, 20), hour(2, 12), hour(4, 11)];
  const step = (to: 'county' | 'city', n: number) => ({
    from: 'town' as const,
    to,
    at: OPENED + n * HOUR,
    because: [],
    evidence: [],
  });

  test('its peak, the hours to half of it, and the next rung after the answer', () => {
    const steps = [step('county', 1), step('city', 3)];
    expect(readCurveAfter({ curve, steps, openedAt: OPENED, state: 'cooled' }, OPENED + 2 * HOUR)).toEqual({
      from: OPENED + 2 * HOUR,
      peak: { at: OPENED + HOUR, posts: 20, afterAnswer: false },
      hoursToHalf: 2,
      nextRung: { to: 'city', at: OPENED + 3 * HOUR, after: HOUR },
    });
  });

  test('without an answer it is told from the opening; while it goes on, the half may not be known yet', () => {
    const open = { steps: [], openedAt: OPENED, state: 'open' } as const;
    expect(readCurveAfter({ ...open, curve: [hour(0, 4), hour(1, 20), hour(2, 12)] }, null)).toMatchObject({
      from: OPENED,
      hoursToHalf: null,
      nextRung: null,
    });
    expect(readCurveAfter({ ...open, curve: [hour(0, 4)], state: 'cooled' }, null)).toMatchObject({ hoursToHalf: 1 });
    expect(readCurveAfter({ ...open, curve: [] }, null)).toBeNull();
  });
});
