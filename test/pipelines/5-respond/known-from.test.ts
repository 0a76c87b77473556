import { describe, expect, test } from 'vitest';
import type { CaseDraft } from '../../../pipelines/domain/case-event.ts';
import type { Suggestion } from '../../../pipelines/domain/suggestion.ts';
import { foldCase } from '../../../pipelines/5-respond/fold-case.ts';
import { knownFrom } from '../../../pipelines/5-respond/known-from.ts';
import { buildMatrix } from '../../../pipelines/5-respond/matrix.ts';
import { alertCase } from '../../../pipelines/5-respond/raise-alert.ts';
import { suggestTier } from '../../../pipelines/5-respond/suggest-tier.ts';
import { anAccount, anIncident, doneAt, filed, LI, raised, RULE, wordOf } from '../../seeds/cases.ts';

const MATRIX = buildMatrix([
  anAccount('jianxi', { parent: 'city' }),
  anAccount('heat', { duties: ['城管'], parent: 'jianxi' }),
  anAccount('housing', { duties: ['住建'], parent: 'jianxi' }),
  anAccount('city', { tier: 'city', region: '410300' as never }),
]);

const known = (...drafts: readonly CaseDraft[]) => knownFrom(foldCase(filed([raised('heat'), ...drafts]))!);
const suggested = (...drafts: readonly CaseDraft[]): Suggestion =>
  suggestTier(alertCase(anIncident('i-1', { duty: ['城管'] }), known(...drafts)), MATRIX);

const assigned = (minute: number, account: string): CaseDraft =>
  doneAt(minute, { act: 'assigned', account, mode: 'assign' });
const refused = (minute: number, account: string, next: string): CaseDraft =>
  doneAt(minute, { act: 'refused', account, next }, { by: { kind: 'unit', account }, why: '管网归住建' });

describe('who gave a case back', () => {
  test('is not suggested again; whom it named is', () => {
    expect(suggested().first).toBe('heat');
    expect(suggested(assigned(1, 'heat')).first).toBe('heat');
    const { first, because } = suggested(assigned(1, 'heat'), refused(2, 'heat', 'housing'));
    expect(first).toBe('housing');
    expect(because.join('\n')).toContain('退回：heat认为不归其管（管网归住建），指明由housing承办');
  });

  test('also where the next gives it back too: another is found, and named by neither', () => {
    const to = suggested(assigned(1, 'heat'), refused(2, 'heat', 'housing'), refused(3, 'housing', 'heat'));
    expect(to.first).toBe('jianxi');
    expect(known(refused(2, 'heat', 'housing'), refused(3, 'housing', 'heat')).refusals).toEqual([
      { account: 'heat', next: 'housing', why: '管网归住建' },
      { account: 'housing', next: 'heat', why: '管网归住建' },
    ]);
  });

  test('and was then given it by a person, or by a decision, has it again', () => {
    const back = [assigned(1, 'heat'), refused(2, 'heat', 'housing')] as const;
    expect(known(...back, assigned(3, 'heat')).refusals).toBeUndefined();
    const chosen = doneAt(3, { act: 'overridden', suggested: 'housing', chosen: 'heat' }, { by: LI, why: '阀门归它' });
    expect(known(...back, chosen).refusals).toBeUndefined();
  });

  test('in a round that is over is asked anew; one of several that were whistled refused its part only', () => {
    const closed = doneAt(3, { act: 'closed', outcome: 'explained' });
    const again = doneAt(4, { act: 'reopened' }, { by: RULE, why: '群众说没解决' });
    expect(known(assigned(1, 'heat'), refused(2, 'heat', 'housing'), closed, again).refusals).toBeUndefined();
    const whistled = doneAt(1, { act: 'assigned', account: 'housing', mode: 'whistle' });
    expect(known(whistled, refused(2, 'housing', 'jianxi')).refusals).toBeUndefined();
  });
});

test('who has relayed the answer is not asked to once more', () => {
  const answered = doneAt(5, { act: 'answered', word: wordOf('heat', 5) });
  const relayed = doneAt(6, { act: 'relayed', word: wordOf('jianxi', 6), of: 2 });
  expect(known(answered).alsoAnswered).toBeUndefined();
  expect(known(answered, relayed)).toMatchObject({ answeredBy: 'heat', alsoAnswered: ['jianxi'] });
  const asksToRelay = ({ then }: Suggestion) => then.filter(({ act }) => act === 'relay').map(({ account }) => account);
  expect(asksToRelay(suggested(answered))).toContain('jianxi');
  expect(asksToRelay(suggested(answered, relayed))).not.toContain('jianxi');
});
