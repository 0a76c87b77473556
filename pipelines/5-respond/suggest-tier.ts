import type { Account } from '../domain/account.ts';
import type { Duty } from '../domain/duty.ts';
import { contains, type RegionCode } from '../domain/region.ts';
import type { AnswerCase, AnswerClock, Grade, NextAct, Suggestion } from '../domain/suggestion.ts';
import { tierRank } from '../domain/tier.ts';
import { answers, chainAbove, chooseFirst, type FirstChoice } from './choose-first.ts';
import { dispatchRescue, findDanger } from './dispatch-rescue.ts';
import { dropDone, findAuthor, followedFrom, giveFacts } from './find-author.ts';
import type { Local } from './find-local.ts';
import { findPlace, receive, type SayRegion } from './find-place.ts';
import { awaitAnswer, followAnswer, informAbove, splitUppers } from './follow-answer.ts';
import { findHandedTo, findNamed, handOver, isOwner, supervise } from './hand-over.ts';
import { chooseNamed, heedRefusals, type Heeded } from './heed-refusals.ts';
import { leadGrave, leadPolicy } from './lead-grave.ts';
import type { Matrix } from './matrix.ts';
import { CLOCK_RULES, said, setClock, type ClockRules } from './set-clock.ts';
import { coordinateVertically, prepareOwnParts, shareByDuty, shareByPlace } from './share-parts.ts';
import { markOffDuty, watchHours } from './watch-hours.ts';

export interface SuggestOptions {
  /** 突发事件分级, entered by a person; goes before the case's own. */
  readonly grade?: Grade;
  readonly clocks?: Partial<ClockRules>;
  /** What a division is called, so that reasons name places and not codes; '' or left out: the code. */
  readonly regionName?: SayRegion;
}

/** One question with everything the rules found out about it. */
interface Asked {
  readonly theCase: AnswerCase;
  readonly matrix: Matrix;
  readonly duties: readonly Duty[];
  readonly region: RegionCode | null;
  readonly local: Local;
  readonly matching: readonly Account[];
  readonly heeded: Heeded;
  readonly clock: AnswerClock;
  readonly grade: Grade | undefined;
  readonly say: SayRegion;
  readonly because: string[];
  readonly then: NextAct[];
}

/**
 * Which account answers, by which rule, by when, and what the others do, in the order of action. Pure and total: the same case and the
 * same accounts, in any order, give the same answer. `first` is always a public account whose region contains the incident's, or that has
 * answered for a part of it already, or null; what stays undecided is said in `because`.
 */
export function suggestTier(theCase: AnswerCase, matrix: Matrix, options: SuggestOptions = {}): Suggestion {
  const say: SayRegion = (code) => options.regionName?.(code) || code;
  const danger = findDanger(theCase);
  const grade = options.grade ?? theCase.grade;
  const clock = setClock(theCase, danger.atRisk, grade, { ...CLOCK_RULES, ...options.clocks });
  const duties = [...new Set(theCase.duty)].filter((duty) => duty !== '督办' && duty !== '紧急' && duty !== '综合');
  const at = findPlace(theCase, matrix, say);
  if ('because' in at) {
    const then = once(prepareOwnParts(theCase, duties, at.own, matrix, say));
    const because = [...at.because, ...elsewhere(danger.atRisk)];
    return { id: theCase.id, first: null, outside: at.outside, then: marked(then, theCase, matrix), clock, because };
  }

  const { region } = at;
  const { local, said: followed } = followedFrom(theCase, region, matrix, at.local, say);
  const because = [...(followed.length > 0 ? followed : at.said)];
  const heeded = heedRefusals(theCase, matrix, local);
  const matching = duties.length > 0 ? heeded.local.withDuty(...duties) : heeded.local.withDuty('综合');
  const policy = theCase.nationalPolicy === true ? leadPolicy(theCase, duties, local, matrix) : undefined;
  const choice =
    policy?.choice ??
    (heeded.next !== undefined
      ? chooseNamed(heeded.next, heeded.nextBy, duties, theCase, heeded.local, matrix)
      : at.unknown
        ? receive(region, duties, theCase, heeded.local, matrix)
        : chooseFirst(duties, theCase.spread, heeded.local, matrix));
  because.push(...heeded.because, ...choice.because);

  const rescue = danger.atRisk ? dispatchRescue(theCase, danger, at.local, matrix) : { acts: [], because: [] };
  because.unshift(...rescue.because);
  const then: NextAct[] = [...rescue.acts, ...heeded.acts, ...(policy?.acts ?? [])];
  const asked: Asked = { theCase, matrix, duties, region, local, matching, heeded, clock, grade, say, because, then };
  const author = findAuthor(theCase, matrix, local, because);
  const first = author ?? choice.first;
  if (first === null) {
    if (isHandedOff(theCase) || choice.silentOwner !== undefined) then.push(...supervise(local, new Set()));
  } else {
    arrange(asked, choice, first);
    if (author === undefined) awaitFirst(asked, first);
    else follow(asked, choice, author);
  }
  const acts = dropDone(once(then), theCase, matrix, local, because);
  return {
    id: theCase.id,
    first: first?.id ?? null,
    outside: null,
    then: marked(acts, theCase, matrix),
    clock,
    because,
  };
}

/** Who takes part beside the first: departments, places, units off line, those who watch. */
function arrange(asked: Asked, choice: FirstChoice, first: Account): void {
  const { theCase, matrix, duties, local, matching, heeded, then, because, say } = asked;
  const chain = chainAbove(first, matrix, local);
  const parts = [
    leadGrave(asked.grade, first, local),
    shareByDuty(duties, first, theCase.spread, heeded.local, matrix),
    coordinateVertically(duties, first, chain, local),
    shareByPlace(theCase, duties, first, matrix, say),
  ];
  for (const part of parts) {
    then.push(...part.acts);
    because.push(...part.because);
  }
  then.push(...giveFacts(first, choice, matching));

  const receiver = findHandedTo(theCase, matrix, local);
  if (isHandedOff(theCase) && heeded.refused.size === 0) {
    const handed = handOver(theCase, first, receiver, matching, local.withDuty('综合').filter(answers), local);
    then.push(...handed.acts);
    because.push(...handed.because);
  }
  if (isHandedOff(theCase) || choice.silentOwner !== undefined || heeded.refused.size > 0)
    then.push(...supervise(local, new Set([receiver?.id ?? ''])));
  if (choice.first !== null && choice.below) {
    const candidates = [...matching, ...local.withDuty('综合')].sort(byTier);
    const told = informAbove(choice.first, theCase.spread, chainAbove(choice.first, matrix, local), candidates);
    then.push(...told.acts);
    because.push(told.because);
  }
}

/** Somebody has answered. */
function follow({ theCase, matrix, region, local, then }: Asked, choice: FirstChoice, author: Account): void {
  const uppers = splitUppers(chainAbove(author, matrix, local));
  const named = typeof theCase.contradicts === 'string' ? matrix.byId.get(theCase.contradicts) : undefined;
  const above = widened(uppers.open, author, choice.first);
  const isHere = named !== undefined && (local.serves(named) || (region !== null && contains(region, named.region)));
  const against = isHere ? named : undefined;
  then.push(...followAnswer(theCase, author, { ...uppers, open: above }, against));
}

/** Nobody has: remind, or take over. Who has refused, or let it run out already, takes nothing over. */
function awaitFirst({ theCase, matrix, local, matching, heeded, clock, then, because }: Asked, first: Account): void {
  const there = watchHours(first, chainAbove(first, matrix, local), local, theCase.at, clock.minutes);
  then.push(...there.acts);
  because.push(...there.because);
  const receiver = findHandedTo(theCase, matrix, local);
  const took = (theCase.tookOver ?? []).flatMap((name) => findNamed(name, matrix, local) ?? []);
  const asker =
    receiver !== undefined && isOwner(receiver, theCase, local) && !heeded.refused.has(receiver.id) ? receiver : first;
  const late = took.findLast((account) => local.serves(account)) ?? asker;
  const past = new Set([
    ...heeded.refused,
    ...(took.length === 0 ? [] : [first.id, asker.id, ...took.map(({ id }) => id)]),
  ]);
  const chain = chainAbove(late, matrix, local).filter(({ id }) => !past.has(id));
  const next = [...matching, ...heeded.local.withDuty('综合')]
    .sort(byTier)
    .find((account) => answers(account) && !past.has(account.id) && tierRank(account.tier) > tierRank(late.tier));
  const acts = awaitAnswer(late, splitUppers(chain), next, said(clock.minutes / 2), theCase.overdue === true);
  then.push(...acts);
  if (theCase.overdue !== true) return;
  const taken = acts.some(({ act }) => act === 'takeOver');
  because.push(
    taken ? '接管：已过时限，交给上一级' : `接管：已过时限，但${late.name}以上没有可接管的账号，请线下向上级报告`,
  );
  if (!taken) then.push(...supervise(local, new Set([late.id])));
}

const isHandedOff = ({ handedTo }: AnswerCase): boolean => handedTo !== undefined && handedTo.trim() !== '';

/** The author's uppers, and the account that the rule would have had speak, where it stands above the author. */
function widened(open: readonly Account[], author: Account, ruled: Account | null): readonly Account[] {
  if (ruled === null || ruled.id === author.id || tierRank(ruled.tier) <= tierRank(author.tier)) return open;
  return open.some((account) => account.id === ruled.id) ? open : [...open, ruled].sort(byTier);
}

const byTier = (a: Account, b: Account): number => tierRank(a.tier) - tierRank(b.tier);

const elsewhere = (atRisk: boolean): string[] =>
  atRisk ? ['危及生命：不在我们辖区，请立即电话通知当地 110，并记录通知时间'] : [];

const marked = (acts: readonly NextAct[], { at }: AnswerCase, matrix: Matrix): readonly NextAct[] =>
  markOffDuty(acts, (id) => matrix.byId.get(id), at);

/** The same act of the same account once, at its first and earliest place. */
function once(acts: readonly NextAct[]): NextAct[] {
  const seen = new Set<string>();
  return acts.filter(({ account, act }) => {
    const key = `${act} ${account}`;
    return seen.has(key) ? false : seen.add(key);
  });
}
