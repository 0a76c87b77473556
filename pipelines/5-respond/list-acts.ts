import type { Actor, CaseAct, CaseDraft } from '../domain/case-event.ts';
import type { CaseState } from '../domain/case-state.ts';
import type { PostId } from '../domain/post.ts';
import type { ActContext } from './act-context.ts';
import { mayAct } from './may-act.ts';

/** What a form still asks the person for: its want is no reason to grey the button. */
const ASKED_FOR: ReadonlySet<string> = new Set([
  ...['why', 'comment', 'text', 'next', 'outcome', 'chosen', 'grade', 'minutes', 'title'],
  ...['word.account', 'word.text', 'word.link', 'word.publishedAt'],
]);

export interface AllowedAct {
  readonly act: CaseAct['act'];
  readonly ok: boolean;
  readonly because?: string;
}

/** The buttons of a file: what this actor may do now, and where not, why not. By the same rules as the acts themselves. */
export function listActs(state: CaseState, by: Actor, context: ActContext, plea: PostId | undefined): AllowedAct[] {
  const own = by.kind === 'unit' || by.kind === 'person' ? by.account : undefined;
  const account = own ?? state.court.account ?? '';
  const of = state.words.find(({ kind }) => kind === 'answered')?.seq ?? 0;
  const word = { account, text: '…', publishedAt: context.now };
  const tries: readonly CaseAct[] = [
    { act: 'acknowledged' },
    { act: 'commented', comment: '…' },
    { act: 'graded', grade: state.grade === '一般' ? '较大' : '一般' },
    { act: 'overridden', suggested: null, chosen: account },
    { act: 'accepted', account },
    { act: 'refused', account, next: '' },
    { act: 'factsGiven', account, text: '…' },
    { act: 'answered', word },
    { act: 'relayed', word: { ...word, account: '' }, of },
    { act: 'supplemented', word, of },
    { act: 'corrected', word, of },
    { act: 'reminded', account, when: 'asked' },
    { act: 'notified', account },
    { act: 'publicShown', title: '…' },
    { act: 'publicHidden' },
    { act: 'closed', outcome: 'duplicate' },
    { act: 'reopened' },
    { act: 'undone', of: state.last.seq },
    ...(plea === undefined ? [] : [{ act: 'dispatched', to: [account], plea } as const]),
  ];
  const acts = tries.map((act): AllowedAct => {
    const draft: CaseDraft = { ...act, at: context.now, by };
    const refusal = mayAct(state, draft, context);
    if (refusal === undefined || ASKED_FOR.has(refusal.where)) return { act: act.act, ok: true };
    return { act: act.act, ok: false, because: refusal.because };
  });
  const closed = state.status === 'closed';
  const assigned = closed ? { because: '此事已办结，要继续办理请先重新打开' } : {};
  return [...acts, { act: 'assigned', ok: !closed, ...assigned }];
}
