import type { Act } from '../../../pipelines/domain/suggestion.ts';
import type { CaseFileRow, WordRow } from '../../../server/contract/case-file.ts';
import type { SuggestionRow } from '../../../server/contract/http.ts';

/** done: it has. now: it is its move. refused: it gave it back. later: its turn comes. */
export type LinkState = 'done' | 'now' | 'refused' | 'later';

/** 谁接着做什么: one account and what it does, as far as the file has come. Times are ISO 8601. */
export interface ChainLink {
  readonly act: Act;
  readonly account: string;
  readonly name: string;
  readonly because: string;
  readonly state: LinkState;
  /** done: when it did. A takeover to come: when. */
  readonly at?: string;
  /** What it waits for: the first answer, or time running out. */
  readonly after?: 'first' | 'time';
  /** refused: whose it is, by who gave it back. */
  readonly next?: string;
}

const WORD_OF: Partial<Record<Act, WordRow['kind']>> = {
  publish: 'answered',
  replyPublicly: 'answered',
  relay: 'relayed',
  supplement: 'supplemented',
  correct: 'corrected',
};
/** Acts that are the answer itself. */
export const SPEAKS: ReadonlySet<Act> = new Set(['publish', 'takeOver', 'replyPublicly']);
/** What a hand-off asks a unit for. */
const ASKED: ReadonlySet<Act> = new Set(['giveFacts', 'coordinate']);
const AFTER_THE_FIRST: ReadonlySet<Act> = new Set(['relay', 'supplement', 'correct']);

/**
 * The chain of an incident: who speaks first, whom the rules have beside and after it, and at the end who takes over where nobody
 * answers in time. What the file says has been done is marked; nothing else is guessed.
 */
export function chainOf(suggestion: SuggestionRow, file: CaseFileRow): readonly ChainLink[] {
  const { passesOn } = file;
  const chosen = file.overridden?.chosen;
  const first =
    chosen ??
    (suggestion.first === null
      ? undefined
      : { account: suggestion.first, name: suggestion.firstName ?? suggestion.first });
  const links: ChainLink[] = [];
  if (first !== undefined) links.push(linkOf(file, { act: 'publish', ...first, because: '' }));
  for (const { act, account, accountName, because } of suggestion.then)
    links.push(linkOf(file, { act, account, name: accountName, because }));
  const to = passesOn?.to ?? undefined;
  const isNamed = links.some(
    ({ act, account, state }) => act === 'takeOver' && account === to?.account && state !== 'done',
  );
  if (passesOn !== undefined && to !== undefined && !isNamed)
    links.push({
      ...{ act: 'takeOver', account: to.account, name: to.name, because: '' },
      ...{ state: 'later', at: passesOn.at, after: 'time' },
    });
  return links;
}

function linkOf(file: CaseFileRow, link: Omit<ChainLink, 'state'>): ChainLink {
  const at = doneAt(file, link);
  if (at !== undefined) return { ...link, state: 'done', at };
  const refused = file.handoffs.findLast(({ account }) => account === link.account)?.refused;
  if (refused) return { ...link, state: 'refused', next: refused.next.name };
  const { court, clock } = file.brief;
  if (clock.stopped === null && SPEAKS.has(link.act) && court?.account === link.account)
    return { ...link, state: 'now' };
  const isAsked = file.handoffs.some(({ account, endedAt }) => account === link.account && endedAt === null);
  if (isAsked && ASKED.has(link.act)) return { ...link, state: 'now' };
  const answered = file.words.some(({ kind }) => kind === 'answered');
  return {
    ...link,
    state: 'later',
    ...(AFTER_THE_FIRST.has(link.act) && !answered ? { after: 'first' as const } : {}),
  };
}

/** When the file says that this account has done this. */
function doneAt(file: CaseFileRow, { act, account }: Omit<ChainLink, 'state'>): string | undefined {
  const kind = WORD_OF[act];
  if (kind !== undefined)
    return file.words.findLast((word) => word.kind === kind && word.account.account === account)?.publishedAt;
  if (act === 'giveFacts') return file.facts.findLast((facts) => facts.account.account === account)?.at;
  if (act === 'dispatch') return file.dispatched.findLast(({ to }) => to.some((each) => each.account === account))?.at;
  return undefined;
}
