import type { Account } from '../domain/account.ts';
import type { IncidentId } from '../domain/incident.ts';
import { judgeOrder } from './judge-order.ts';
import { dutyTime, QUIET_HOURS, type QuietHours } from './duty-time.ts';
import { chargesOf, type Charge, type ClockedFile } from './read-charges.ts';

/** A file with what the rules of an incident say of it. */
export interface AssessedFile extends ClockedFile {
  readonly lifeAtRisk: boolean;
}

export interface AssessmentRules {
  /** Fewer make no rate: a one-case office would top every list. */
  readonly least: number;
  readonly quiet: QuietHours;
}

export const ASSESSMENT_RULES: AssessmentRules = { least: 5, quiet: QUIET_HOURS };

/** A rate with the incidents it was counted from. `rate` is null below the least n: 样本不足. */
export interface Rate {
  readonly of: number;
  readonly n: number;
  readonly rate: number | null;
  readonly counted: readonly IncidentId[];
  readonly rest: readonly IncidentId[];
}

/** How long something took: median in ms; null below the least n. */
export interface Span {
  readonly n: number;
  readonly median: number | null;
  readonly incidents: readonly IncidentId[];
}

export interface UnitAssessment {
  readonly unit: string;
  readonly accounts: readonly string[];
  /** 有序回应: words that kept the order of the tiers ÷ words. */
  readonly orderly: Rate;
  /** 内部协同: hand-offs accepted ÷ (accepted + refused); those open are neither. */
  readonly accepted: Rate;
  readonly open: readonly IncidentId[];
  /** From being asked to accepting, without quiet hours unless a life is at risk. */
  readonly acceptTime: Span;
  /** 答复率: answered ÷ (answered + overdue without an answer). */
  readonly answered: Rate;
  /** 首答用时: from the clock's start to the first public answer. Never the time to close. */
  readonly firstAnswerTime: Span;
  /** 按时办结率: closed in time ÷ (closed + overdue and open). */
  readonly onTime: Rate;
  /** 解决率: closed as solved ÷ (solved + explained). */
  readonly solved: Rate;
  /** 满意率: files whose last citizen's word is 解决了 ÷ files with such a word. */
  readonly satisfied: Rate;
  /** 群众参与: what citizens said of its answers. Zero with answers there fails; null: nothing was answered. */
  readonly participation: { readonly voices: number; readonly answers: number; readonly fails: boolean | null };
}

export interface Period {
  /** Epoch ms, from ≤ t < to. */
  readonly from: number;
  readonly to: number;
  readonly now: number;
}

/**
 * 考评 by unit, in the order of the matrix and never of a rate. It counts answers and outcomes: no reposts, no likes, no fans, no log-ins.
 * A file counts in a period where the turn began before its end and was not closed before its beginning.
 */
export function assess(
  files: readonly AssessedFile[],
  accounts: readonly Account[],
  period: Period,
  rules: AssessmentRules = ASSESSMENT_RULES,
): readonly UnitAssessment[] {
  // What happened at this very moment has happened.
  const end = Math.min(period.to, period.now + 1);
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const units = new Map<string, string[]>();
  for (const { unit, id } of accounts) units.set(unit, [...(units.get(unit) ?? []), id]);
  const charges = files.flatMap((file) =>
    chargesOf(file)
      .filter(({ from, closedAt }) => from < end && (closedAt === null || closedAt >= period.from))
      .map((charge) => ({ charge, file })),
  );
  const within = (at: number): boolean => at >= period.from && at < end;
  const words = files.flatMap(({ state }) =>
    judgeOrder(state, (id) => byId.get(id))
      .filter(({ word }) => within(word.word.publishedAt))
      .map((judged) => ({ ...judged, incident: state.incident })),
  );
  const handoffs = files.flatMap(({ state, lifeAtRisk }) =>
    state.handoffs
      .filter(({ at, state: how }) => within(at) && how !== 'moved')
      .map((handoff) => ({ handoff, lifeAtRisk, incident: state.incident })),
  );
  return [...units].map(([unit, ids]): UnitAssessment => {
    const isOwn = (account: string): boolean => ids.includes(account);
    const own = charges.filter(({ charge }) => isOwn(charge.account));
    const ownWords = words.filter(({ word }) => isOwn(word.word.account));
    const asked = handoffs.filter(({ handoff }) => isOwn(handoff.account));
    const rateOf = (yes: readonly IncidentId[], no: readonly IncidentId[]): Rate => rate(yes, no, rules.least);
    const pick = (keep: (charge: Charge) => boolean): readonly IncidentId[] =>
      own.flatMap(({ charge }) => (keep(charge) ? [charge.incident] : []));
    const isAnswered = ({ answeredAt }: Charge): boolean => answeredAt !== null && answeredAt < end;
    const isClosed = ({ closedAt }: Charge): boolean => closedAt !== null && closedAt < end;
    const acceptedOnes = asked.filter(({ handoff }) => handoff.accepted !== undefined);
    const closed = own.filter(({ charge }) => isClosed(charge)).map(({ file }) => file.state);
    const answeredFiles = own.filter(({ charge }) => isAnswered(charge)).map(({ file }) => file.state);
    const voiced = answeredFiles.filter(({ voices }) => voices.some(({ at }) => at < end));
    const lastSaid = (state: (typeof voiced)[number]): boolean =>
      state.voices.findLast(({ at }) => at < end)?.solved === true;
    const idsOf = (states: readonly { readonly incident: IncidentId }[]): readonly IncidentId[] =>
      states.map(({ incident }) => incident);
    const voices = voiced.reduce((sum, state) => sum + state.voices.filter(({ at }) => at < end).length, 0);
    return {
      unit,
      accounts: ids,
      orderly: rateOf(idsOf(ownWords.filter((each) => each.inOrder)), idsOf(ownWords.filter((each) => !each.inOrder))),
      accepted: rateOf(
        idsOf(acceptedOnes),
        idsOf(asked.filter(({ handoff }) => handoff.accepted === undefined && handoff.refused !== undefined)),
      ),
      open: idsOf(asked.filter(({ handoff }) => handoff.state === 'open')),
      acceptTime: span(
        acceptedOnes.map(({ handoff, lifeAtRisk, incident }) => ({
          incident,
          ms: lifeAtRisk ? handoff.accepted!.at - handoff.at : dutyTime(handoff.at, handoff.accepted!.at, rules.quiet),
        })),
        rules.least,
      ),
      answered: rateOf(
        pick(isAnswered),
        pick((charge) => !isAnswered(charge) && charge.due < end),
      ),
      firstAnswerTime: span(
        own.flatMap(({ charge }) =>
          isAnswered(charge) ? [{ incident: charge.incident, ms: Math.max(0, charge.answeredAt! - charge.from) }] : [],
        ),
        rules.least,
      ),
      onTime: rateOf(
        pick((charge) => isClosed(charge) && charge.closedAt! <= charge.due),
        pick((charge) => (isClosed(charge) ? charge.closedAt! > charge.due : charge.due < end)),
      ),
      solved: rateOf(
        idsOf(closed.filter((state) => state.closed?.outcome === 'solved')),
        idsOf(closed.filter((state) => state.closed?.outcome === 'explained')),
      ),
      satisfied: rateOf(idsOf(voiced.filter(lastSaid)), idsOf(voiced.filter((state) => !lastSaid(state)))),
      participation: {
        voices,
        answers: answeredFiles.length,
        fails: answeredFiles.length === 0 ? null : voices === 0,
      },
    };
  });
}

function rate(yes: readonly IncidentId[], no: readonly IncidentId[], least: number): Rate {
  const n = yes.length + no.length;
  return { of: yes.length, n, rate: n < least ? null : yes.length / n, counted: yes, rest: no };
}

function span(times: readonly { readonly incident: IncidentId; readonly ms: number }[], least: number): Span {
  const sorted = times.map(({ ms }) => ms).sort((a, b) => a - b);
  const n = sorted.length;
  const middle = n === 0 ? 0 : (sorted[Math.floor((n - 1) / 2)]! + sorted[Math.ceil((n - 1) / 2)]!) / 2;
  return { n, median: n < least ? null : middle, incidents: times.map(({ incident }) => incident) };
}
