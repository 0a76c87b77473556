import type { CaseDraft } from '../domain/case-event.ts';
import type { CaseState } from '../domain/case-state.ts';
import { openOf } from './fold-handoffs.ts';
import { blank, isAsked, refusedFor, speaksFor, type ActContext, type Refusal } from './act-context.ts';

type HandOver = Extract<
  CaseDraft,
  { readonly act: 'assigned' | 'accepted' | 'refused' | 'dispatched' | 'contactShown' }
>;

/** 首接负责: whoever is handed a case accepts it, or names the next owner with a reason; nobody can simply send it away. */
export function mayHandOver(state: CaseState, draft: HandOver, context: ActContext): Refusal {
  const nameOf = (id: string): string => context.account(id)?.name ?? id;
  switch (draft.act) {
    case 'assigned': {
      if (context.account(draft.account) === undefined) return refusedFor('account', '矩阵中没有这个账号');
      const open = openOf(state, draft.account);
      if (open !== undefined) return refusedFor('account', `${nameOf(draft.account)}手上已有此事，不用再交`);
      return draft.minutes !== undefined && draft.minutes <= 0 ? refusedFor('minutes', '时限须大于 0 分钟') : undefined;
    }
    case 'accepted': {
      if (!isAsked(state, draft.account)) return refusedFor('account', `此事没有交给${nameOf(draft.account)}`);
      if (openOf(state, draft.account)?.state === 'accepted')
        return refusedFor('account', `${nameOf(draft.account)}已经接收`);
      return speaksFor(draft.by, draft.account, context);
    }
    case 'refused': {
      const open = openOf(state, draft.account);
      if (!isAsked(state, draft.account)) return refusedFor('account', `此事不在${nameOf(draft.account)}手上`);
      if (open?.state === 'accepted')
        return refusedFor('account', `${nameOf(draft.account)}已经接收，不能再退；可以转办并写明理由`);
      if (open?.decided === true)
        return refusedFor('account', '此事来回推过，已由上级定下由贵单位办理，不能再退；有异议请向上级说明');
      if (blank(draft.next)) return refusedFor('next', '不归本单位管的，须写明归谁管（首接负责）');
      if (draft.next === draft.account) return refusedFor('next', '下一家不能是自己');
      if (context.account(draft.next) === undefined) return refusedFor('next', '矩阵中没有这家单位，请另选一家');
      if (blank(draft.why)) return refusedFor('why', '退回须写明理由：依据哪条职责、为什么归下一家');
      return speaksFor(draft.by, draft.account, context);
    }
    case 'dispatched': {
      if (!context.lifeAtRisk) return refusedFor('act', '派警只用于有人身危险的求助；此事没有这样的判断');
      if (draft.to.length === 0) return refusedFor('to', '没有可派的单位，请立即拨打 110');
      const unknown = draft.to.find((id) => context.account(id) === undefined);
      if (unknown !== undefined) return refusedFor('to', `矩阵中没有“${unknown}”`);
      const again = draft.to.find((id) =>
        state.dispatched.some(({ to, seq }) => seq > state.round.seq && to.includes(id)),
      );
      return again === undefined ? undefined : refusedFor('to', `已经派过${nameOf(again)}，不用重复派`);
    }
    case 'contactShown':
      return state.dispatched.some(({ to, plea }) => to.includes(draft.to) && plea === draft.plea)
        ? undefined
        : refusedFor('to', '联系方式只给派到的单位看');
  }
}
