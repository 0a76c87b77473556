import { describe, expect, test } from 'vitest';
import type { CaseAct, CaseDraft, JointLayer } from '../../../pipelines/domain/case-event.ts';
import { foldCase } from '../../../pipelines/5-respond/fold-case.ts';
import { followJoint } from '../../../pipelines/5-respond/follow-joint.ts';
import { mayAct } from '../../../pipelines/5-respond/may-act.ts';
import { anAccount, AT_NINE, doneAt, filed, MINUTE, raised, wordOf } from '../../seeds/cases.ts';

const accounts = new Map(
  [
    anAccount('city', { tier: 'city', unit: '市局' }),
    anAccount('jianxi', { unit: '涧西分局' }),
    anAccount('town', { tier: 'town', unit: '派出所' }),
    anAccount('silent', { unit: '内设科室', public: false }),
  ].map((account) => [account.id, account]),
);
const layer = (account: string, does: JointLayer['does'], minute: number): JointLayer => ({
  ...{ account, does, from: AT_NINE + minute * MINUTE },
});
const plan = (layers: readonly JointLayer[], title = '防溺水提示'): CaseDraft =>
  doneAt(1, { act: 'jointPlanned', title, layers });
const THREE = [layer('city', 'publish', 10), layer('jianxi', 'relay', 20), layer('town', 'supplement', 30)];
const declined: CaseAct = { act: 'jointDeclined', plan: 2, account: 'town' };
const whyNot = (draft: CaseDraft, before: readonly CaseDraft[] = []): string | undefined =>
  mayAct(foldCase(filed([raised(), ...before])), draft, {
    account: (id) => accounts.get(id),
    lifeAtRisk: false,
    now: AT_NINE + 60 * MINUTE,
  })?.because;

describe('a joint publication', () => {
  test('says of each layer whether its time has come, what it published, or why it does not', () => {
    const state = foldCase(
      filed([
        raised(),
        plan(THREE),
        doneAt(11, { act: 'answered', word: wordOf('city', 11) }),
        doneAt(12, declined, { why: '辖区没有水域' }),
      ]),
    )!;
    const at = (minute: number) => followJoint(state, state.joints[0]!, AT_NINE + minute * MINUTE);
    expect(at(15).map(({ account, state: how }) => [account, how])).toEqual([
      ['city', 'done'],
      ['jianxi', 'later'],
      ['town', 'declined'],
    ]);
    expect(at(15)[2]?.why).toBe('辖区没有水域');
    // Its time has come: it may, and is not late.
    expect(at(600)[1]?.state).toBe('waiting');
  });

  test('words from before the plan are not of it', () => {
    const state = foldCase(filed([raised(), doneAt(1, { act: 'answered', word: wordOf('city', 1) }), plan(THREE)]))!;
    expect(followJoint(state, state.joints[0]!, AT_NINE)[0]?.state).toBe('later');
  });

  test('needs two public accounts, each once, of which one publishes', () => {
    expect(whyNot(plan(THREE))).toBeUndefined();
    expect(whyNot(plan(THREE.slice(0, 1)))).toBe('联动发布至少要两级账号');
    expect(whyNot(plan([...THREE, layer('town', 'relay', 40)]))).toBe('派出所列了两次');
    expect(whyNot(plan([...THREE, layer('silent', 'relay', 40)]))).toBe('内设科室没有公开账号，不能参加联动发布');
    expect(whyNot(plan([...THREE, layer('nobody', 'relay', 40)]))).toBe('矩阵中没有账号nobody');
    expect(whyNot(plan(THREE.slice(1)))).toBe('至少要有一级首发，其余转发或补充');
    expect(whyNot(plan(THREE, ' '))).toBe('联动发布要有标题');
  });

  test('is declined by who is named, once, with a reason', () => {
    expect(whyNot(doneAt(5, declined, { why: '无水域' }), [plan(THREE)])).toBeUndefined();
    expect(whyNot(doneAt(5, declined), [plan(THREE)])).toBe('不参加联动须写明理由');
    expect(whyNot(doneAt(5, { ...declined, plan: 9 }, { why: '无' }), [plan(THREE)])).toBe('没有这份联动计划');
    expect(whyNot(doneAt(5, { ...declined, account: 'silent' }, { why: '无' }), [plan(THREE)])).toBe(
      '联动计划中没有这个账号',
    );
    const once = [plan(THREE), doneAt(4, declined, { why: '无水域' })];
    expect(whyNot(doneAt(5, declined, { why: '无水域' }), once)).toBe('这个账号已说明不参加');
  });
});
