import type { CaseDraft } from '../domain/case-event.ts';
import type { CaseState } from '../domain/case-state.ts';
import { blank, refusedFor, speaksFor, type ActContext, type Refusal } from './act-context.ts';

type Said = Extract<CaseDraft, { readonly act: 'answered' | 'relayed' | 'supplemented' | 'corrected' }>;

const LINK = /^https?:\/\/[^\s/]+/;

/** What is registered is the word as it was published: by a public account, with its text and, where there is one, its address. */
export function mayAnswer(state: CaseState, draft: Said, context: ActContext): Refusal {
  const { word } = draft;
  const account = context.account(word.account);
  if (account === undefined) return refusedFor('word.account', '矩阵中没有这个账号');
  if (!account.public)
    return refusedFor('word.account', `${account.name}没有公开账号，请登记为“提供事实”，由收件账号公开答复`);
  if (blank(word.text)) return refusedFor('word.text', '请填写已发布的原文');
  if (word.link !== undefined && !LINK.test(word.link))
    return refusedFor('word.link', '链接须以 http:// 或 https:// 开头');
  if (word.publishedAt > context.now + 60_000) return refusedFor('word.publishedAt', '发布时间在以后，请核对');
  const own = speaksFor(draft.by, word.account, context);
  if (own !== undefined) return { ...own, where: 'word.account' };
  if (draft.act === 'answered') return undefined;

  const first = state.words.find(({ seq }) => seq === draft.of);
  if (first === undefined || first.kind === 'relayed') return refusedFor('of', '请选明是转发、补充或更正哪一份回应');
  if (draft.act === 'relayed' && first.word.account === word.account)
    return refusedFor('word.account', '转发自己的回应不算转发');
  if (draft.act === 'corrected' && first.word.account !== word.account && blank(draft.why))
    return refusedFor('why', '更正先由发布者自己发；由别人更正的，须写明理由');
  return undefined;
}
