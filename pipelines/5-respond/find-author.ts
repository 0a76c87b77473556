import type { Account } from '../domain/account.ts';
import { contains, type RegionCode } from '../domain/region.ts';
import type { AnswerCase, NextAct } from '../domain/suggestion.ts';
import { tierRank } from '../domain/tier.ts';
import type { FirstChoice } from './choose-first.ts';
import { findLocal, type Local } from './find-local.ts';
import type { SayRegion } from './find-place.ts';
import { findNamed } from './hand-over.ts';
import type { Matrix } from './matrix.ts';

/**
 * Where a case is followed up from: the incident's place, or that of whoever answered while it was smaller. What has spread from a county
 * to its city keeps the county's answer as the first, and those above the county relay and add. Not where several places were named from
 * the start: there each answers its own part.
 */
export function followedFrom(
  theCase: AnswerCase,
  region: RegionCode | null,
  matrix: Matrix,
  local: Local,
  say: SayRegion,
): { readonly local: Local; readonly said: readonly string[] } {
  const author = findNamed(theCase.answeredBy, matrix, local);
  if (author === undefined || region === null || !author.public || local.serves(author)) return { local, said: [] };
  if (isManyPlaces(theCase) || author.tier === 'nation' || !contains(region, author.region)) return { local, said: [] };
  const own = findLocal(theCase, author.region, matrix);
  if (!own.serves(author)) return { local, said: [] };
  return {
    local: own,
    said: [
      `属地：事发地现为${say(region)}，${author.name}已在其中的${say(author.region)}先回应，首发不换，由它的上级转发、补充`,
    ],
  };
}

/** Whoever has answered is the first responder; only a public account of the place can be. */
export function findAuthor(theCase: AnswerCase, matrix: Matrix, local: Local, because: string[]): Account | undefined {
  if (theCase.answeredBy === undefined || theCase.answeredBy === '') return undefined;
  const named = findNamed(theCase.answeredBy, matrix, local);
  if (named === undefined) {
    because.push(`已回应：${theCase.answeredBy}已回应，但不在矩阵中，仍按规则由应答账号回应`);
    return undefined;
  }
  if (answersPart(named, theCase)) {
    because.push(`多地：${named.name}已就本地部分回应；涉及多地，其余由共同上级的账号先回应`);
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

const isManyPlaces = ({ regions }: AnswerCase): boolean => new Set(regions ?? []).size > 1;

/** 多地: the account of one of the places, whose answer can only be about its own. */
const answersPart = ({ region, tier, public: open }: Account, theCase: AnswerCase): boolean =>
  open &&
  tier !== 'nation' &&
  isManyPlaces(theCase) &&
  (theCase.regions ?? []).some((place) => contains(place, region)) &&
  !(theCase.regions ?? []).every((place) => contains(region, place));

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
  const part = findNamed(theCase.answeredBy, matrix, local);
  if (part !== undefined && answersPart(part, theCase)) done.unshift(part);
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
