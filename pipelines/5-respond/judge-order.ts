import type { Account } from '../domain/account.ts';
import type { CaseState, Word } from '../domain/case-state.ts';
import { tierRank } from '../domain/tier.ts';

/** One public word, and whether it kept the order of the tiers. */
export interface OrderedWord {
  readonly word: Word;
  readonly inOrder: boolean;
  /** By which rule, in words. */
  readonly because: string;
}

/**
 * 有序回应: the first word is of the account whose turn it is, the others build on it. In order are: that first word; a relay, a
 * supplement or a correction of a word that stands; a word of who took over what ran out. Out of order are a first word of an upper tier
 * whose turn it is not (抢先) and a second first word beside one that stands (另起一份).
 */
export function judgeOrder(state: CaseState, account: (id: string) => Account | undefined): readonly OrderedWord[] {
  const told = [...state.words].sort((a, b) => a.word.publishedAt - b.word.publishedAt || a.seq - b.seq);
  const turns = new Set<string>(
    [
      state.suggested,
      state.overridden?.chosen,
      ...state.overdue.map(({ next }) => next),
      ...state.handoffs.filter((handoff) => handoff.accepted !== undefined).map((handoff) => handoff.account),
    ].filter((id) => id !== null && id !== undefined),
  );
  let first: Word | undefined;
  return told.map((word): OrderedWord => {
    const of = word.word.account;
    if (word.kind !== 'answered') {
      const base = told.some(
        ({ seq, word: { publishedAt } }) => seq === word.of && publishedAt <= word.word.publishedAt,
      );
      return base
        ? { word, inOrder: true, because: '在已有的回应上转发、补充或更正' }
        : { word, inOrder: false, because: '所转发、补充或更正的回应当时还没有发布' };
    }
    const before = first;
    first ??= word;
    if (before === undefined) {
      if (turns.has(of)) return { word, inOrder: true, because: '由该先回应的账号首发' };
      const owner = account(state.overridden?.chosen ?? state.suggested ?? '');
      const own = account(of);
      const isUpper = owner !== undefined && own !== undefined && tierRank(own.tier) > tierRank(owner.tier);
      return isUpper
        ? { word, inOrder: false, because: `抢先：轮到${owner.name}首发，上级先发了` }
        : { word, inOrder: true, because: '基层先发，不算失序' };
    }
    if (before.word.account === of || before.seq <= state.round.seq !== word.seq <= state.round.seq)
      return { word, inOrder: true, because: '同一账号续报，或重新打开之后再答' };
    const took = state.overdue.some(({ next, at }) => next === of && at <= word.word.publishedAt);
    return took
      ? { word, inOrder: true, because: '前一账号逾期，由它接管' }
      : { word, inOrder: false, because: '另起一份：已有回应，应转发或补充' };
  });
}
