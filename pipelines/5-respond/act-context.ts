import { clockOf, minuteOfDay } from '../domain/shanghai-time.ts';
import type { Account } from '../domain/account.ts';
import type { Actor } from '../domain/case-event.ts';
import type { CaseState } from '../domain/case-state.ts';
import { openOf } from './fold-handoffs.ts';

/** What a rule needs beside the file to say whether an act is allowed. */
export interface ActContext {
  readonly account: (id: string) => Account | undefined;
  readonly lifeAtRisk: boolean;
  /** Epoch ms. */
  readonly now: number;
}

/** Undefined: allowed. Else the sentence for the person at the desk, and the field it is about. */
export type Refusal = { readonly because: string; readonly where: string } | undefined;

export const refusedFor = (where: string, because: string): Refusal => ({ where, because });

/** For the sentences of refusals: Shanghai time. */
export const hhmm = (at: number): string => clockOf(minuteOfDay(at));

export const blank = (text: string | undefined): boolean => text === undefined || text.trim() === '';

/** A person who speaks for an account acts for that account only; the duty desk, which speaks for none, may note down what was told by phone. */
export function speaksFor(by: Actor, account: string, { account: named }: ActContext): Refusal {
  const own = by.kind === 'unit' || by.kind === 'person' ? by.account : undefined;
  if (own === undefined || own === account) return undefined;
  return refusedFor('account', `您代表${named(own)?.name ?? own}，不能替${named(account)?.name ?? account}办理`);
}

export function sameActor(one: Actor, other: Actor): boolean {
  if (one.kind === 'person' && other.kind === 'person') return one.id === other.id;
  if (one.kind === 'unit' && other.kind === 'unit') return one.account === other.account;
  if (one.kind === 'rule' && other.kind === 'rule') return one.rule === other.rule;
  return false;
}

/** True where the account has been asked, or has the ball by the rule. */
export const isAsked = (state: CaseState, account: string): boolean =>
  openOf(state, account) !== undefined || state.court.account === account;
