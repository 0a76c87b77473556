import type { Account } from '../pipelines/domain/account.ts';
import { DAY_MS, type Week } from '../pipelines/domain/week.ts';
import type { AccountFacts, IncidentFacts } from '../pipelines/6-report/facts.ts';

/**
 * How long each public account has been silent here, and what it has left unanswered longest, in the order of the matrix. Only what
 * went through the files of incidents is known: an account that never spoke in one is not known to be silent.
 */
export function readAccountHealth(
  accounts: readonly Account[],
  incidents: readonly IncidentFacts[],
  { to }: Week,
): AccountFacts[] {
  return accounts
    .filter((account) => account.public)
    .map(({ name, unit }) => {
      const spoke = incidents.flatMap(({ file }) =>
        (file?.answers ?? []).filter((answer) => answer.account === name && answer.at < to).map(({ at }) => at),
      );
      const waiting = incidents.flatMap(({ file }) =>
        file === null || file.closedAt !== null || file.answers.some(({ act }) => act === 'answered')
          ? []
          : file.handoffs
              .filter(({ to: asked, state }) => asked === name && (state === 'open' || state === 'accepted'))
              .map(({ since }) => to - since),
      );
      return {
        name,
        unit,
        daysSilent: spoke.length === 0 ? null : Math.floor((to - Math.max(...spoke)) / DAY_MS),
        oldestUnanswered: waiting.length === 0 ? null : Math.max(...waiting),
      };
    });
}
