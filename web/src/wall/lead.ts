import { ACT_NAMES, type Act } from '../../../pipelines/domain/suggestion.ts';
import type { SuggestionRow } from '../../../server/contract/http.ts';
import { zh } from '../ui/zh.ts';

export interface Doing {
  readonly account: string;
  readonly act: Act;
}

/** Who has to move first: where life is at risk those who are sent, before the account that speaks; undefined where nobody may. */
export function leadOf(suggestion: SuggestionRow): Doing | undefined {
  const sent = suggestion.then.find((next) => next.act === 'dispatch');
  if (sent !== undefined) return { account: sent.accountName, act: sent.act };
  return suggestion.firstName === null ? undefined : { account: suggestion.firstName, act: 'publish' };
}

/** What follows the lead, in order; the account that speaks first comes straight after those who are sent. */
export function followersOf(suggestion: SuggestionRow): readonly Doing[] {
  const sent = suggestion.then.find((next) => next.act === 'dispatch');
  const rest = suggestion.then
    .filter((next) => next !== sent)
    .map(({ accountName, act }) => ({ account: accountName, act }));
  if (sent === undefined || suggestion.firstName === null) return rest;
  return [{ account: suggestion.firstName, act: 'publish' }, ...rest];
}

/** The sentence that explains the lead, then the one that sets the clock: who, by which rule, by when. */
export function rulesOf(suggestion: SuggestionRow): readonly string[] {
  const sent = suggestion.then.some((next) => next.act === 'dispatch');
  const who = sent ? suggestion.because.at(0) : suggestion.because.at(-1);
  return [...(who === undefined ? [] : [who]), suggestion.clock.rule].map((words) => words.replace(/[。；]$/u, ''));
}

/** Name and act of the lead as words, for a sentence. */
export function leadWords(suggestion: SuggestionRow, account: (name: string) => string): readonly [string, string] {
  const lead = leadOf(suggestion);
  return lead === undefined ? [zh.nobody, ''] : [account(lead.account), ACT_NAMES[lead.act]];
}
