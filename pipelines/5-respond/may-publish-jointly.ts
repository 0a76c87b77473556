import type { CaseDraft } from '../domain/case-event.ts';
import type { CaseState } from '../domain/case-state.ts';
import { blank, refusedFor, speaksFor, type ActContext, type Refusal } from './act-context.ts';

/** 联动发布: a plan names public accounts, each once, at least two; who is named may decline and says why. */
export function mayPublishJointly(
  state: CaseState,
  draft: CaseDraft & { readonly act: 'jointPlanned' | 'jointDeclined' },
  context: ActContext,
): Refusal {
  if (draft.act === 'jointDeclined') {
    const plan = state.joints.find(({ seq }) => seq === draft.plan);
    if (plan === undefined) return refusedFor('plan', '没有这份联动计划');
    if (!plan.layers.some(({ account }) => account === draft.account))
      return refusedFor('account', '联动计划中没有这个账号');
    if (plan.declined.some(({ account }) => account === draft.account))
      return refusedFor('account', '这个账号已说明不参加');
    return blank(draft.why) ? refusedFor('why', '不参加联动须写明理由') : speaksFor(draft.by, draft.account, context);
  }
  if (blank(draft.title)) return refusedFor('title', '联动发布要有标题');
  if (draft.layers.length < 2) return refusedFor('layers', '联动发布至少要两级账号');
  const seen = new Set<string>();
  for (const { account } of draft.layers) {
    const known = context.account(account);
    if (known === undefined) return refusedFor('layers', `矩阵中没有账号${account}`);
    if (!known.public) return refusedFor('layers', `${known.name}没有公开账号，不能参加联动发布`);
    if (seen.has(account)) return refusedFor('layers', `${known.name}列了两次`);
    seen.add(account);
  }
  return draft.layers.some(({ does }) => does === 'publish')
    ? undefined
    : refusedFor('layers', '至少要有一级首发，其余转发或补充');
}
