import { describe, expect, test } from 'vitest';
import type { PostId } from '../../../pipelines/domain/post.ts';
import { agreementOf, agrees, REVIEW_HEADS, rumorLabel, standingOf } from '../../../pipelines/domain/review.ts';
import { aCase, aMachineJudgement } from '../../seeds/reviews.ts';

describe('what stands', () => {
  test('is nothing before anybody has looked', () => {
    expect(standingOf([])).toBeUndefined();
  });

  test('is the newest word on each judgement; what a later case does not speak of stays', () => {
    const standing = standingOf([
      aCase(1, { says: { mood: 'sad', need: '求助' }, comment: '问过' }),
      aCase(2, { at: 9, says: { mood: 'angry' } }),
    ]);
    expect(standing).toMatchObject({
      says: { mood: 'angry', need: '求助' },
      last: 2,
      at: 9,
      cases: 2,
      comment: '问过',
    });
  });

  test('of a match, the newest decision counts, and says by which case', () => {
    const match = { id: 'r1', claim: 'c', verdict: 'v', source: 's', publishedAt: 1 };
    const standing = standingOf([
      aCase(1, { matches: [{ ...match, finding: 'confirmed' }] }),
      aCase(2, { at: 7, matches: [{ ...match, finding: 'rejected' }] }),
    ]);
    expect(standing?.matches).toEqual([{ ...match, finding: 'rejected', review: 2, decidedAt: 7 }]);
  });
});

describe('agreement', () => {
  const machine = aMachineJudgement({ need: '投诉', duty: ['供水', '住建'], needsCheck: true });

  test.each([
    ['need', { need: '投诉' as const }, true],
    ['need', { need: null }, false],
    ['need', {}, undefined],
    ['place', { place: null }, true],
    ['mood', { mood: 'angry' as const }, false],
    ['lifeAtRisk', { lifeAtRisk: false }, true],
    ['duty', { duty: ['住建', '供水'] as const }, true],
    ['duty', { duty: ['住建'] as const }, false],
    ['rumor', { rumor: { finding: 'confirmed-rumor' as const, source: '局' } }, true],
    ['rumor', { rumor: { finding: 'nothing-to-check' as const } }, false],
    ['rumor', { rumor: { finding: 'withdrawn' as const, source: '局' } }, undefined],
  ] as const)('%s, said %o: %s', (head, says, expected) => {
    expect(agrees(head, machine, says)).toBe(expected);
  });

  test('counts posts, not cases, by the newest word', () => {
    const cases = [
      aCase(1, { machine, says: { need: null } }),
      aCase(2, { machine, says: { need: '投诉' } }),
      aCase(3, { post: 'post-2' as PostId, machine, says: { need: '咨询' } }),
    ];
    const rows = agreementOf(cases.toReversed());
    expect(rows.map(({ head }) => head)).toEqual([...REVIEW_HEADS]);
    expect(rows.find(({ head }) => head === 'need')).toEqual({ head: 'need', n: 2, agreed: 1 });
    expect(rows.find(({ head }) => head === 'mood')).toEqual({ head: 'mood', n: 0, agreed: 0 });
  });

  test('a finding that was taken back labels nothing', () => {
    expect(rumorLabel({ rumor: { finding: 'withdrawn', source: '局' } })).toBeUndefined();
    expect(rumorLabel({})).toBeUndefined();
  });
});
