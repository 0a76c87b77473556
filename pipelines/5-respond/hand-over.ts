import type { Account } from '../domain/account.ts';
import type { AnswerCase, NextAct } from '../domain/suggestion.ts';
import type { Local } from './find-local.ts';
import type { Matrix } from './matrix.ts';

/** 交办/转办: the unit named in `handedTo`, where the matrix knows it. */
export const findHandedTo = (theCase: AnswerCase, matrix: Matrix, local: Local): Account | undefined =>
  findNamed(theCase.handedTo, matrix, local);

/** An account as people name one: by id, unit or name; of several of one name, the one of the place. */
export function findNamed(given: string | undefined, matrix: Matrix, local: Local): Account | undefined {
  const name = given?.trim();
  if (name === undefined || name === '') return undefined;
  const found = matrix.byId.get(name);
  if (found !== undefined) return found;
  const named = matrix.byName.get(name) ?? [];
  return named.find((account) => local.serves(account)) ?? named[0];
}

/**
 * A case handed to a unit: with a public account it answers itself, without one it gives the facts and the receiving account answers.
 * A refusal has to name the next owner, so the next owner is worked out beforehand.
 */
export function handOver(
  theCase: AnswerCase,
  first: Account,
  receiver: Account | undefined,
  matching: readonly Account[],
  generals: readonly Account[],
  local: Local,
): { acts: NextAct[]; because: string[] } {
  const acts: NextAct[] = [];
  const because: string[] = [];
  const next = [...matching, first, ...generals].find(
    (account) => account.id !== receiver?.id && local.serves(account),
  );
  const refusal = next === undefined ? '' : `；如认为不归其管，须写明理由并指明下一承办单位，按规则应为${next.name}`;
  if (receiver === undefined) {
    because.push(`交办：${theCase.handedTo}不在矩阵中，线下交办、在此跟踪，由${first.name}公开答复${refusal}`);
    acts.push({ account: first.id, act: 'replyPublicly', because: `公开答复：承办单位${theCase.handedTo}不在矩阵中` });
  } else if (!local.serves(receiver)) {
    because.push(`交办：${receiver.name}管不到此地（属地），不应交给它，应转交${next?.name ?? first.name}`);
  } else {
    const ownsIt = isOwner(receiver, theCase, local);
    because.push(
      `交办：已交${receiver.name}${ownsIt ? '' : `，但它不主管${theCase.duty.join('、')}（主管）`}${refusal}`,
    );
    if (receiver.id !== first.id || !receiver.public)
      acts.push({
        account: receiver.id,
        act: 'giveFacts',
        because: `交办：承办单位${receiver.name}提供事实和办理结果`,
      });
    const speaks = receiver.public && ownsIt;
    const speaker = speaks ? receiver : first;
    acts.push({
      account: speaker.id,
      act: 'replyPublicly',
      because: speaks
        ? `公开答复：${receiver.name}承办，由它公开答复办理结果`
        : `公开答复：${receiver.name}${receiver.public ? '不主管此事' : '没有公开账号'}，由${receiver.public ? '' : '收件账号'}${first.name}公开答复`,
    });
  }
  return { acts, because };
}

/** True where the account may be given the case at all: its place, and its duty or a general one. */
export const isOwner = (account: Account, theCase: AnswerCase, local: Local): boolean =>
  local.serves(account) &&
  (theCase.duty.length === 0 || account.duties.some((duty) => theCase.duty.includes(duty) || duty === '综合'));

/** 督办: every account with that duty whose region contains the incident watches every hand-off. */
export const supervise = (local: Local, except: ReadonlySet<string>): NextAct[] =>
  local
    .withDuty('督办')
    .filter((account) => !except.has(account.id))
    .map((account) => ({
      account: account.id,
      act: 'supervise',
      because: `督办：此事已交办，由${account.name}督办，逾期未办即催`,
    }));
