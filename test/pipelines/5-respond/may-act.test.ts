import { describe, expect, test } from 'vitest';
import type { Actor, CaseAct, CaseDraft, Outcome } from '../../../pipelines/domain/case-event.ts';
import type { PostId } from '../../../pipelines/domain/post.ts';
import { foldCase } from '../../../pipelines/5-respond/fold-case.ts';
import { mayAct } from '../../../pipelines/5-respond/may-act.ts';
import { AT_NINE, LI, MINUTE, RULE, WANG, anAccount, doneAt, filed, raised, wordOf } from '../../seeds/cases.ts';

const MATRIX = new Map(
  [
    anAccount('jianxi', { unit: '涧西区政府' }),
    anAccount('housing', { unit: '区住建局' }),
    anAccount('heating', { unit: '区供热办', public: false }),
    anAccount('city', { unit: '市政府' }),
  ].map((account) => [account.id, account]),
);

/** What the person at the desk is told at `minute`; undefined where it is allowed. */
function told(
  file: readonly CaseDraft[],
  minute: number,
  act: CaseAct,
  more: Partial<Pick<CaseDraft, 'by' | 'why'>> = {},
  lifeAtRisk = false,
) {
  const draft = doneAt(minute, act, { by: LI, ...more });
  const context = { account: (id: string) => MATRIX.get(id), lifeAtRisk, now: draft.at };
  return mayAct(foldCase(filed(file)), draft, context)?.because;
}

const speaking = (account: string): Actor => ({ kind: 'person', id: `at-${account}`, name: '值班', account });

const file = [raised('jianxi')];
const asked = doneAt(2, { act: 'assigned', account: 'heating', mode: 'assign' });
const accepted = doneAt(3, { act: 'accepted', account: 'heating' });
const answered = doneAt(9, { act: 'answered', word: wordOf('jianxi', 9) });
const closed = doneAt(20, { act: 'closed', outcome: 'solved' });
const refuse = (next: string): CaseAct => ({ act: 'refused', account: 'heating', next });

describe('first of all', () => {
  test('there has to be a file, and only a rule begins it, once', () => {
    expect(told([], 1, { act: 'acknowledged' })).toContain('还没有立档');
    expect(told(file, 1, raised(), { by: LI })).toContain('由规则自动记录');
    expect(told(file, 1, raised(), { by: RULE })).toBe('此事已经立档');
  });

  test('nothing is done in the future; a few minutes are the clock of a phone', () => {
    const late = { ...doneAt(30, { act: 'acknowledged' }) };
    const context = { account: () => undefined, lifeAtRisk: false, now: AT_NINE };
    expect(mayAct(foldCase(filed(file)), late, context)).toMatchObject({ where: 'at' });
    expect(mayAct(foldCase(filed(file)), { ...late, at: AT_NINE + 4 * MINUTE }, context)).toBeUndefined();
  });

  test('an act may come in late with its own time, but not by more than a day, and not from before the file', () => {
    const context = { account: () => undefined, lifeAtRisk: false, now: AT_NINE + 25 * 60 * MINUTE };
    const done = (minute: number) => mayAct(foldCase(filed(file)), doneAt(minute, { act: 'acknowledged' }), context);
    expect(done(61)).toBeUndefined();
    expect(done(59)).toMatchObject({ where: 'at', because: expect.stringContaining('24小时以前') as string });
    const soon = { ...context, now: AT_NINE + MINUTE };
    expect(mayAct(foldCase(filed(file)), doneAt(-6, { act: 'acknowledged' }), soon)).toMatchObject({ where: 'at' });
  });

  test('what came in late may be taken back five minutes from when it came in', () => {
    const events = filed([...file, doneAt(1, { act: 'acknowledged' })]);
    const late = events.map((event) => (event.seq === 2 ? { ...event, keptAt: AT_NINE + 60 * MINUTE } : event));
    const undo = (minute: number) =>
      mayAct(foldCase(late), doneAt(minute, { act: 'undone', of: 2 }), {
        ...{ account: () => undefined, lifeAtRisk: false, now: AT_NINE + minute * MINUTE },
      });
    expect(undo(62)).toBeUndefined();
    expect(undo(66)?.because).toContain('已过5分钟');
  });

  test('a closed file is only opened again, with a reason', () => {
    const done = [...file, answered, closed];
    expect(told(done, 30, { act: 'assigned', account: 'housing', mode: 'transfer' })).toBe(
      '此事已于21:20办结，要继续办理请先重新打开',
    );
    expect(told(done, 30, { act: 'reopened' })).toContain('须写明理由');
    expect(told(done, 30, { act: 'reopened' }, { why: '又停暖了' })).toBeUndefined();
    expect(told(file, 30, { act: 'reopened' }, { why: '又停暖了' })).toContain('还在办理');
  });
});

describe('首接负责: whoever is handed it', () => {
  test('may accept once, and only for themselves', () => {
    const heating = speaking('heating');
    const housing = speaking('housing');
    expect(told([...file, asked], 3, { act: 'accepted', account: 'heating' }, { by: heating })).toBeUndefined();
    expect(told([...file, asked], 3, { act: 'accepted', account: 'heating' }, { by: housing })).toBe(
      '您代表区住建局，不能替区供热办办理',
    );
    expect(told([...file, asked, accepted], 4, { act: 'accepted', account: 'heating' })).toContain('已经接收');
    expect(told(file, 4, { act: 'accepted', account: 'housing' })).toBe('此事没有交给区住建局');
  });

  test('may refuse only by naming whose it is, with a reason', () => {
    const held = [...file, asked];
    expect(told(held, 3, refuse(''), { why: '不归我们' })).toContain('须写明归谁管');
    expect(told(held, 3, refuse('heating'), { why: '不归我们' })).toBe('下一家不能是自己');
    expect(told(held, 3, refuse('nobody'), { why: '不归我们' })).toContain('矩阵中没有这家单位');
    expect(told(held, 3, refuse('housing'), { why: '  ' })).toContain('须写明理由');
    expect(told(held, 3, refuse('housing'), { why: '换热站归住建' })).toBeUndefined();
    expect(told([...held, accepted], 4, refuse('housing'), { why: '换热站归住建' })).toContain('已经接收，不能再退');
    expect(told(file, 4, refuse('housing'), { why: '换热站归住建' })).toBe('此事不在区供热办手上');
  });

  test('may not refuse what was decided between two that sent it to and fro', () => {
    const decided = doneAt(5, { act: 'assigned', account: 'heating', mode: 'assign' }, { by: RULE });
    expect(told([...file, decided], 6, refuse('housing'), { why: '换热站归住建' })).toContain('已由上级定下');
  });

  test('is not handed what it has', () => {
    expect(told([...file, asked], 4, { act: 'assigned', account: 'heating', mode: 'whistle' })).toBe(
      '区供热办手上已有此事，不用再交',
    );
  });
});

describe('what is said in public', () => {
  test('comes from a public account, with its text and a real address, for their own account', () => {
    expect(told(file, 9, { act: 'answered', word: wordOf('heating', 9) })).toContain('没有公开账号');
    expect(told(file, 9, { act: 'answered', word: wordOf('jianxi', 9, ' ') })).toBe('请填写已发布的原文');
    expect(told(file, 9, { act: 'answered', word: { ...wordOf('jianxi', 9), link: 'javascript:1' } })).toContain(
      'http',
    );
    expect(told(file, 9, { act: 'answered', word: wordOf('jianxi', 30) })).toContain('发布时间在以后');
    expect(told(file, 9, { act: 'answered', word: wordOf('jianxi', 9) }, { by: speaking('city') })).toContain(
      '您代表市政府',
    );
    expect(told(file, 9, { act: 'answered', word: wordOf('jianxi', 9) })).toBeUndefined();
  });

  test('a relay, a supplement or a correction names what it belongs to; a correction is the author’s first', () => {
    const said = [...file, answered];
    expect(told(said, 12, { act: 'relayed', word: wordOf('city', 12), of: 1 })).toContain('请选明');
    expect(told(said, 12, { act: 'relayed', word: wordOf('jianxi', 12), of: 2 })).toContain('不算转发');
    expect(told(said, 12, { act: 'relayed', word: wordOf('city', 12), of: 2 })).toBeUndefined();
    expect(told(said, 12, { act: 'corrected', word: wordOf('city', 12), of: 2 })).toContain('更正先由发布者');
    expect(told(said, 12, { act: 'corrected', word: wordOf('jianxi', 12), of: 2 })).toBeUndefined();
  });

  test('solved needs an answer; other ends need a reason', () => {
    const close = (outcome: Outcome): CaseAct => ({ act: 'closed', outcome });
    expect(told(file, 12, close('solved'))).toContain('还没有公开回应');
    expect(told([...file, answered], 12, close('solved'))).toBeUndefined();
    expect(told(file, 12, close('duplicate'))).toContain('须写明理由');
    expect(told(file, 12, close('duplicate'), { why: '同上一件' })).toBeUndefined();
    const again = [...file, answered, closed, doneAt(30, { act: 'reopened' }, { why: '又停暖了' })];
    expect(told(again, 31, close('solved'))).toContain('还没有公开回应');
  });
});

describe('people', () => {
  test('choose another than the rule with a reason, and one that can speak', () => {
    const choose = (chosen: string): CaseAct => ({ act: 'overridden', suggested: 'jianxi', chosen });
    expect(told(file, 1, choose('housing'))).toContain('须写明理由');
    expect(told(file, 1, choose('heating'), { why: '它主管' })).toContain('没有公开账号，不能首发');
    expect(told(file, 1, choose('jianxi'), { why: '它主管' })).toContain('不用改');
    expect(told(file, 1, choose('housing'), { why: '它主管' })).toBeUndefined();
  });

  test('grade by a stated ground; a clock starts at a telling only where somebody was told', () => {
    expect(told(file, 1, { act: 'graded', grade: '重大' })).toContain('须写明依据');
    expect(told(file, 1, { act: 'graded', grade: null }, { why: '无' })).toBe('已经是未定级');
    expect(told(file, 1, { act: 'clockChosen', start: 'notified' })).toContain('还没有通知');
    const notified = doneAt(1, { act: 'notified', account: 'jianxi' });
    expect(told([...file, notified], 2, { act: 'clockChosen', start: 'notified' })).toBeUndefined();
  });

  test('do not confirm their own draft, nor one without a source', () => {
    const claim = (sources: string[]) =>
      doneAt(4, { act: 'claimDrafted', claim: '泄洪', text: '没有泄洪', evidence: ['p' as PostId], sources });
    const confirm: CaseAct = { act: 'claimConfirmed', draft: 2 };
    expect(told([...file, claim(['水利局'])], 5, confirm)).toContain('起草人不能自己确认');
    expect(told([...file, claim(['水利局'])], 5, confirm, { by: WANG })).toBeUndefined();
    expect(told([...file, claim([])], 5, confirm, { by: WANG })).toContain('来源');
    const rejected = doneAt(5, { act: 'claimRejected', draft: 2 }, { by: WANG, why: '数字不符' });
    expect(told([...file, claim(['水利局']), rejected], 6, confirm, { by: WANG })).toContain('已于21:05定过');
  });

  test('take back their own last act within five minutes, where nothing followed', () => {
    const undo: CaseAct = { act: 'undone', of: 2 };
    const taken = doneAt(1, { act: 'acknowledged' });
    expect(told([...file, taken], 2, undo)).toBeUndefined();
    expect(told([...file, taken], 2, undo, { by: WANG })).toBe('只能撤回自己的操作');
    expect(told([...file, taken], 7, undo)).toContain('已过5分钟');
    expect(told([...file, taken, doneAt(2, { act: 'commented', comment: '好' })], 3, undo)).toContain(
      '后面已有新的记录',
    );
    expect(told([...file, doneAt(1, { act: 'notified', account: 'jianxi' })], 2, undo)).toContain('不能撤回');
  });
});

describe('a life at risk', () => {
  const plea = 'p' as PostId;
  test('is the only thing police are sent out for, each of them once', () => {
    const send: CaseAct = { act: 'dispatched', to: ['city'], plea };
    expect(told(file, 1, send)).toContain('只用于有人身危险');
    expect(told(file, 1, send, {}, true)).toBeUndefined();
    expect(told([...file, doneAt(1, send)], 2, send, {}, true)).toBe('已经派过市政府，不用重复派');
    expect(told(file, 1, { act: 'dispatched', to: [], plea }, {}, true)).toContain('110');
  });

  test('shows its contact only to those sent', () => {
    const sent = [...file, doneAt(1, { act: 'dispatched', to: ['city'], plea })];
    expect(told(sent, 2, { act: 'contactShown', to: 'housing', plea }, {}, true)).toContain('只给派到的单位');
    expect(told(sent, 2, { act: 'contactShown', to: 'city', plea }, {}, true)).toBeUndefined();
  });
});

test('citizens judge an answer, not the want of one, and nobody else speaks for them', () => {
  const no: CaseAct = { act: 'citizenSaid', solved: false };
  expect(told([...file, answered], 12, no)).toContain('只由群众');
  expect(told([...file, answered], 12, no, { by: { kind: 'citizen' } })).toBeUndefined();
  expect(told(file, 12, no, { by: { kind: 'citizen' } })).toContain('还没有答复');
});
