import type { Account } from '../domain/account.ts';
import type { Duty } from '../domain/duty.ts';
import { TIER_NAMES, tierRank, type Tier } from '../domain/tier.ts';
import type { Local } from './find-local.ts';
import type { Matrix } from './matrix.ts';

/** 基层首发: who speaks first, and why. */
export interface FirstChoice {
  readonly first: Account | null;
  /** The unit that has to deal with it but has no public account: `first` speaks for it. */
  readonly silentOwner?: Account;
  /** True where every possible account is below the rung. */
  readonly below: boolean;
  readonly because: readonly string[];
}

/** Duties that say how an account takes part, not what it answers for. */
const OFFICES: readonly Duty[] = ['督办', '紧急'];

/** True where an account may answer citizens at all: more than a command centre or a supervising office. */
export const answers = (account: Account): boolean =>
  account.public && (account.duties.length === 0 || account.duties.some((duty) => !OFFICES.includes(duty)));

/**
 * The lowest account that matches by duty and stands at least at the rung. A unit with a duty match always goes before a general
 * account, also where the general one is lower: who is in charge speaks (谁主管谁负责). Only a unit without a public account is spoken for,
 * by the nearest public account above it, else by the next match, else by the general account.
 */
export function chooseFirst(duties: readonly Duty[], rung: Tier, local: Local, matrix: Matrix): FirstChoice {
  const high = (account: Account): boolean => tierRank(account.tier) >= tierRank(rung);
  const matching = duties.length === 0 ? local.withDuty('综合') : local.withDuty(...duties);
  const generals = local.withDuty('综合').filter(answers);
  const names = duties.join('、');

  const lowest = matching.find((account) => high(account) && !onlyOffice(account));
  if (lowest !== undefined) {
    const sameTier = matching.filter((account) => account.tier === lowest.tier);
    const open = sameTier.find(answers);
    if (open !== undefined)
      return { first: open, below: false, because: [inCharge(duties, open), grassRoots(open, rung)] };
    return spokenFor(duties, lowest, matching.filter(high), generals.filter(high), local, matrix, rung);
  }
  const top = matching.findLast(answers);
  if (top !== undefined) return { first: top, below: true, because: [inCharge(duties, top)] };

  const silent = matching.findLast((account) => !onlyOffice(account));
  const general = generals.find(high) ?? generals.at(-1);
  const received = general ?? (duties.length === 0 || silent !== undefined ? lowestOpen(local, rung) : undefined);
  if (received === undefined)
    return {
      first: null,
      below: false,
      because: [`主管：矩阵中没有主管${names === '' ? '此事' : names}的公开账号，也没有综合账号，需由人指定`],
    };
  const because = [noOwner(duties, received, silent)];
  const below = !high(received);
  if (!below) because.push(grassRoots(received, rung));
  return { first: received, below, because, ...(silent === undefined ? {} : { silentOwner: silent }) };
}

function spokenFor(
  duties: readonly Duty[],
  owner: Account,
  matching: readonly Account[],
  generals: readonly Account[],
  local: Local,
  matrix: Matrix,
  rung: Tier,
): FirstChoice {
  const above = chainAbove(owner, matrix, local).find(answers);
  const first = above ?? matching.find(answers) ?? generals[0] ?? lowestOpen(local, rung) ?? null;
  const lead = `${duties.length === 0 ? '首接负责：主管部门未明，应由' : '主管：此事由'}${owner.name}${duties.length === 0 ? '接下' : '主管'}，该单位没有公开账号，线下交办、在此跟踪`;
  if (first === null)
    return { first, silentOwner: owner, below: false, because: [`${lead}；矩阵中没有可公开答复的账号，需由人指定`] };
  const why =
    above !== undefined ? '是它的上级' : generals[0] === first ? '是综合账号（首接负责）' : '是能公开答复的最基层账号';
  return {
    first,
    silentOwner: owner,
    below: tierRank(first.tier) < tierRank(rung),
    because: [`${lead}；由收件账号${first.name}公开答复（${why}）`],
  };
}

/**
 * Upper is the parent chain: nearest first, only accounts whose region contains the incident's. Ends at a loop or a missing parent. A
 * parent of a lower tier is a fault of the matrix and above nobody: it is passed over.
 */
export function chainAbove(account: Account, matrix: Matrix, local: Local): Account[] {
  const chain: Account[] = [];
  const seen = new Set([account.id]);
  for (let at = account.parent; at !== undefined && !seen.has(at);) {
    seen.add(at);
    const parent = matrix.byId.get(at);
    if (parent === undefined) break;
    if (tierRank(parent.tier) >= tierRank(account.tier) && local.serves(parent) && local.has(parent))
      chain.push(parent);
    at = parent.parent;
  }
  return chain;
}

const onlyOffice = (account: Account): boolean =>
  account.duties.length > 0 && account.duties.every((duty) => OFFICES.includes(duty));

/** The lowest account that reaches the rung and may answer at all; where none reaches it, the highest tier below. */
function lowestOpen(local: Local, rung: Tier): Account | undefined {
  const reaching = local.lowest((account) => answers(account) && tierRank(account.tier) >= tierRank(rung));
  if (reaching !== undefined) return reaching;
  for (let rank = tierRank(rung) - 1; rank >= 0; rank--) {
    const top = local.lowest((account) => answers(account) && tierRank(account.tier) === rank);
    if (top !== undefined) return top;
  }
  return undefined;
}

/** 首接负责 where nobody knows whose it is, 主管 where it is known. */
const inCharge = (duties: readonly Duty[], first: Account): string =>
  duties.length === 0
    ? `首接负责：主管部门未明，先由综合账号${first.name}接下并负责转清`
    : `主管：${first.name}主管${duties.filter((duty) => first.duties.includes(duty)).join('、')}`;

const grassRoots = (first: Account, rung: Tier): string =>
  `基层首发：影响已到${TIER_NAMES[rung]}一级，${first.name}（${TIER_NAMES[first.tier]}级）是够得上这一级的最基层账号`;

function noOwner(duties: readonly Duty[], received: Account, silent: Account | undefined): string {
  if (duties.length === 0) return `首接负责：主管部门未明，先由${received.name}接下并负责转清`;
  if (silent !== undefined)
    return `首接负责：主管${duties.join('、')}的${silent.name}没有公开账号，线下交办、在此跟踪，由收件账号${received.name}公开答复`;
  return `首接负责：矩阵中没有主管${duties.join('、')}的账号，先由综合账号${received.name}接下并负责转清`;
}
