import type { Account } from '../pipelines/domain/account.ts';
import { DAY_MS, type Week } from '../pipelines/domain/week.ts';
import type { AccountFacts, AnswerFacts, HandoffFacts, IncidentFacts } from '../pipelines/6-report/facts.ts';

/**
 * What each public account was asked, said and left unanswered, in the order of the matrix. Only what went through the files of
 * incidents is known: an account that never spoke in one is not known to be silent.
 */
export function readAccountHealth(
  accounts: readonly Account[],
  incidents: readonly Pick<IncidentFacts, 'file'>[],
  { from, to }: Week,
): AccountFacts[] {
  const words = new Map<string, AnswerFacts[]>();
  const asked = new Map<string, (HandoffFacts & { readonly answeredAt: number | null })[]>();
  for (const { file } of incidents) {
    if (file === null) continue;
    const first = file.answers.find(({ act }) => act === 'answered')?.at ?? null;
    const answeredAt = first ?? file.closedAt;
    for (const answer of file.answers) words.set(answer.account, [...(words.get(answer.account) ?? []), answer]);
    for (const handoff of file.handoffs)
      asked.set(handoff.to, [...(asked.get(handoff.to) ?? []), { ...handoff, answeredAt }]);
  }
  return accounts
    .filter((account) => account.public)
    .map(({ name, unit }) => {
      const spoke = (words.get(name) ?? []).filter(({ at }) => at < to).map(({ at }) => at);
      const own = (asked.get(name) ?? []).filter(({ since }) => since < to);
      const waiting = own.filter(
        ({ state, answeredAt }) =>
          (state === 'open' || state === 'accepted') && (answeredAt === null || answeredAt >= to),
      );
      return {
        name,
        unit,
        daysSilent: spoke.length === 0 ? null : Math.floor((to - Math.max(...spoke)) / DAY_MS),
        waiting: waiting.length,
        oldestUnanswered: waiting.length === 0 ? null : to - Math.min(...waiting.map(({ since }) => since)),
        asked: own.filter(({ since }) => since >= from).length,
        spoke: spoke.filter((at) => at >= from).length,
      };
    });
}
