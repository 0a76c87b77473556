import type { Account } from '../domain/account.ts';
import type { AnswerCase, NextAct } from '../domain/suggestion.ts';
import { tierRank } from '../domain/tier.ts';
import type { FirstChoice } from './choose-first.ts';
import type { Local } from './find-local.ts';
import { findNamed } from './hand-over.ts';
import type { Matrix } from './matrix.ts';

/** Whoever has answered is the first responder; only a public account of the place can be. */
export function findAuthor(theCase: AnswerCase, matrix: Matrix, local: Local, because: string[]): Account | undefined {
  if (theCase.answeredBy === undefined || theCase.answeredBy === '') return undefined;
  const named = matrix.byId.get(theCase.answeredBy) ?? matrix.byName.get(theCase.answeredBy)?.[0];
  if (named === undefined) {
    because.push(`已回应：${theCase.answeredBy}已回应，但不在矩阵中，仍按规则由应答账号回应`);
    return undefined;
  }
  if (!local.serves(named)) {
    because.push(`已回应：${named.name}已回应，但事发地不在它的辖区（属地），仍由有管辖权的账号回应`);
    return undefined;
  }
  if (!named.public) {
    because.push(`已回应：${named.name}没有公开账号，它的答复还要由应答账号公开发布`);
    return undefined;
  }
  because.push(`已回应：${named.name}已先回应，即为首发，上级转发、补充或更正，不另起一份`);
  return named;
}

/** Acts that whoever has spoken already need not do again. */
const SPOKEN: ReadonlySet<NextAct['act']> = new Set(['relay', 'replyPublicly', 'remind']);

/** Those who have answered or relayed after the first are not asked to once more. */
export function dropDone(
  acts: readonly NextAct[],
  theCase: AnswerCase,
  matrix: Matrix,
  local: Local,
  because: string[],
): readonly NextAct[] {
  const done = (theCase.alsoAnswered ?? []).flatMap((name) => findNamed(name, matrix, local) ?? []);
  if (done.length === 0) return acts;
  because.push(`已回应：${done.map(({ name }) => name).join('、')}也已发声，不再要它转发或另行答复`);
  const ids = new Set(done.map(({ id }) => id));
  return acts.filter(({ account, act }) => !ids.has(account) || !SPOKEN.has(act));
}

/** Facts for the first answer: units without an account, and matching ones below the first. Then the receiving account replies. */
export function giveFacts(first: Account, choice: FirstChoice, matching: readonly Account[]): NextAct[] {
  const acts: NextAct[] = [];
  const owner = choice.silentOwner;
  if (owner !== undefined && owner.id !== first.id)
    acts.push({
      account: owner.id,
      act: 'giveFacts',
      because: `主管：${owner.name}没有公开账号，线下交办，向${first.name}提供事实`,
    });
  for (const account of matching) {
    if (account.id === first.id || account.id === owner?.id) continue;
    if (tierRank(account.tier) < tierRank(first.tier))
      acts.push({
        account: account.id,
        act: 'giveFacts',
        because: `基层首发：${account.name}在${first.name}以下，向它提供现场事实`,
      });
  }
  if (owner !== undefined && choice.first === first)
    acts.push({
      account: first.id,
      act: 'replyPublicly',
      because: `公开答复：${owner.name}没有公开账号，由收件账号${first.name}公开答复`,
    });
  return acts;
}
