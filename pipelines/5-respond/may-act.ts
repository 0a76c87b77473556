import type { Actor, CaseActKind, CaseDraft } from '../domain/case-event.ts';
import type { CaseState } from '../domain/case-state.ts';
import { blank, hhmm, refusedFor, sameActor, speaksFor, type ActContext, type Refusal } from './act-context.ts';
import { mayAnswer } from './may-answer.ts';
import { mayHandOver } from './may-hand-over.ts';
import { mayPublishJointly } from './may-publish-jointly.ts';

/** How long one's own last act may be taken back. */
export const UNDO_MS = 5 * 60_000;
/** A phone that was offline says when it was done; its clock may be a little ahead of ours. */
export const AHEAD_MS = 5 * 60_000;
/** How late an act may come in with its own time: a shift and the one after it. Whoever was away for longer says so in words. */
export const LATE_MS = 24 * 60 * 60_000;

/** Told to somebody outside, or said by somebody outside: it cannot be unsaid. */
const LASTING: ReadonlySet<CaseActKind> = new Set([
  'raised',
  'dispatched',
  'contactShown',
  'citizenSaid',
  'factsGiven',
  'notified',
  'undone',
]);
const BY_RULE_ONLY: ReadonlySet<CaseActKind> = new Set(['raised', 'overdue', 'late']);
/** What may still be done to a closed file. */
const AFTER_CLOSING: ReadonlySet<CaseActKind> = new Set([
  'reopened',
  'commented',
  'citizenSaid',
  'publicShown',
  'publicHidden',
  'undone',
  'raised',
]);

/**
 * Whether an act is allowed in this file now, and if not, why, in words a duty officer understands. Pure. Says nothing of who may
 * write at all: that is the policy of the route.
 */
export function mayAct(state: CaseState | undefined, draft: CaseDraft, context: ActContext): Refusal {
  if (draft.at > context.now + AHEAD_MS) return refusedFor('at', '时间在以后：请核对手机的时钟');
  if (state === undefined)
    return draft.act === 'raised' ? undefined : refusedFor('act', '此事还没有立档，稍候一两秒再试');
  if (draft.by.kind === 'person') {
    if (draft.at < context.now - LATE_MS)
      return refusedFor('at', '这是24小时以前做的，不能再按原时间补记；请另记一条说明');
    if (draft.at < state.starts.firstSeen - AHEAD_MS)
      return refusedFor('at', `时间早于此事立档（${hhmm(state.starts.firstSeen)}）：请核对手机的时钟`);
  }
  if (BY_RULE_ONLY.has(draft.act) && draft.by.kind !== 'rule')
    return refusedFor('act', '这一步由规则自动记录，不能手工填写');
  if (state.status === 'closed' && !AFTER_CLOSING.has(draft.act))
    return refusedFor('act', `此事已于${hhmm(state.since)}办结，要继续办理请先重新打开`);
  const { by, why } = draft;
  switch (draft.act) {
    case 'raised':
      return refusedFor('act', '此事已经立档');
    case 'acknowledged':
      if (state.acknowledged !== undefined && sameActor(state.acknowledged.by, by))
        return refusedFor('act', `您已于${hhmm(state.acknowledged.at)}接手`);
      return undefined;
    case 'commented':
      return blank(draft.comment) ? refusedFor('comment', '批注不能为空') : undefined;
    case 'graded':
      if (draft.grade === state.grade) return refusedFor('grade', `已经是${draft.grade ?? '未定级'}`);
      return blank(why) ? refusedFor('why', '定级须写明依据，如哪份预案、谁认定') : undefined;
    case 'clockChosen':
      if (draft.start === 'notified' && state.starts.notified === undefined)
        return refusedFor('start', '还没有通知责任单位的记录，不能以通知时间为起点');
      return draft.start === state.start ? refusedFor('start', '已经是这个起点') : undefined;
    case 'notified':
    case 'supervised':
    case 'reminded':
      if (context.account(draft.account) === undefined) return refusedFor('account', '矩阵中没有这个账号');
      if (draft.act === 'reminded' && draft.when !== 'asked' && by.kind !== 'rule')
        return refusedFor('when', '到时提醒由规则自动发出；人工催办请选“催办”');
      return undefined;
    case 'overridden': {
      const chosen = context.account(draft.chosen);
      if (chosen === undefined) return refusedFor('chosen', '矩阵中没有这个账号');
      if (!chosen.public) return refusedFor('chosen', `${chosen.name}没有公开账号，不能首发；可以交办给它提供事实`);
      if (draft.chosen === draft.suggested) return refusedFor('chosen', '与规则的建议相同，不用改');
      return blank(why) ? refusedFor('why', '不按规则的建议，须写明理由') : undefined;
    }
    case 'assigned':
    case 'accepted':
    case 'refused':
    case 'dispatched':
    case 'contactShown':
      return mayHandOver(state, draft, context);
    case 'factsGiven':
      if (blank(draft.text)) return refusedFor('text', '请写明事实，如时间、地点、处置情况');
      return context.account(draft.account) === undefined
        ? refusedFor('account', '矩阵中没有这个账号')
        : speaksFor(by, draft.account, context);
    case 'answered':
    case 'relayed':
    case 'supplemented':
    case 'corrected':
      return mayAnswer(state, draft, context);
    case 'overdue':
    case 'late':
      return undefined;
    case 'claimDrafted':
      if (blank(draft.text)) return refusedFor('text', '稿子是空的');
      return draft.evidence.length === 0 ? refusedFor('evidence', '稿子须附证据帖') : undefined;
    case 'claimConfirmed':
    case 'claimRejected': {
      const drafted = state.claims.find(({ seq }) => seq === draft.draft);
      if (drafted === undefined) return refusedFor('draft', '没有这份稿子');
      const settled = drafted.confirmed ?? drafted.rejected;
      if (settled !== undefined) return refusedFor('draft', `这份稿子已于${hhmm(settled.at)}定过`);
      if (draft.act === 'claimRejected') return blank(why) ? refusedFor('why', '退回须写明理由') : undefined;
      if (sameActor(drafted.by, by)) return refusedFor('by', '起草人不能自己确认，请另一人核对后确认');
      return drafted.sources.length === 0 ? refusedFor('sources', '没有写明依据的来源，不能确认') : undefined;
    }
    case 'jointPlanned':
    case 'jointDeclined':
      return mayPublishJointly(state, draft, context);
    case 'publicShown':
      return blank(draft.title) ? refusedFor('title', '请写一个公开的标题，不照抄帖文、不含个人信息') : undefined;
    case 'publicHidden':
      return state.public === undefined ? refusedFor('act', '此事没有公开') : undefined;
    case 'citizenSaid':
      if (by.kind !== 'citizen') return refusedFor('by', '满意与否只由群众在公开页上说');
      return state.status === 'answered' || state.status === 'closed'
        ? undefined
        : refusedFor('act', '还没有答复，暂时不能评价');
    case 'closed':
      return mayClose(state, draft);
    case 'reopened':
      if (state.status !== 'closed' && state.status !== 'answered')
        return refusedFor('act', '此事还在办理，不用重新打开');
      return blank(why) ? refusedFor('why', '重新打开须写明理由') : undefined;
    case 'undone':
      return mayUndo(state, draft.of, by, context.now);
  }
}

function mayClose(state: CaseState, draft: CaseDraft & { readonly act: 'closed' }): Refusal {
  const answered = state.words.some(({ seq, kind }) => kind === 'answered' && seq > state.round.seq);
  const rescued = state.dispatched.some(({ seq }) => seq > state.round.seq);
  if (draft.outcome === 'solved' || draft.outcome === 'explained') {
    if (answered) return undefined;
    if (!rescued || draft.outcome === 'explained')
      return refusedFor('outcome', '还没有公开回应，不能这样办结；请先登记回应，或选别的结果并写明理由');
  }
  return blank(draft.why) ? refusedFor('why', '这样办结须写明理由') : undefined;
}

function mayUndo(state: CaseState, of: number, by: Actor, now: number): Refusal {
  const { last } = state;
  if (last.seq !== of) return refusedFor('of', '后面已有新的记录，不能撤回；请另记一条说明');
  if (LASTING.has(last.act)) return refusedFor('of', '这一步已经送达或出自他人，不能撤回');
  if (!sameActor(last.by, by)) return refusedFor('of', '只能撤回自己的操作');
  return now - last.keptAt > UNDO_MS ? refusedFor('of', '已过5分钟，不能撤回；请另记一条更正') : undefined;
}
