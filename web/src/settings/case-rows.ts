import { REVIEW_HEADS, type ReviewHead } from '../../../pipelines/domain/review.ts';
import type { ReviewRow } from '../../../server/contract/review.ts';
import { moodNames, findingNames, taxonomy } from './case-words.ts';

export interface CaseLine {
  readonly head: ReviewHead;
  readonly machine: string;
  readonly person: string;
  readonly same: boolean;
}

/** What a person said of each judgement they looked at, beside what the machine had said. */
export const rowsOfCase = ({ machine, says }: ReviewRow): CaseLine[] =>
  REVIEW_HEADS.flatMap((head): CaseLine[] => {
    const line = lineOf(head, machine, says);
    return line === undefined ? [] : [{ head, ...line, same: line.machine === line.person }];
  });

const none = taxonomy.nobody;
const listed = (duties: readonly string[]): string => [...duties].sort().join('、') || none;
const risk = (yes: boolean): string => (yes ? taxonomy.yes : taxonomy.no);
const check = (needed: boolean): string =>
  needed ? findingNames['confirmed-rumor'] : findingNames['nothing-to-check'];

function lineOf(
  head: ReviewHead,
  machine: ReviewRow['machine'],
  says: ReviewRow['says'],
): Pick<CaseLine, 'machine' | 'person'> | undefined {
  switch (head) {
    case 'place':
      return says.place === undefined ? undefined : { machine: machine.place ?? none, person: says.place ?? none };
    case 'mood':
      return says.mood === undefined ? undefined : { machine: moodNames[machine.mood], person: moodNames[says.mood] };
    case 'need':
      return says.need === undefined ? undefined : { machine: machine.need ?? none, person: says.need ?? none };
    case 'lifeAtRisk':
      return says.lifeAtRisk === undefined
        ? undefined
        : { machine: risk(machine.lifeAtRisk), person: risk(says.lifeAtRisk) };
    case 'rumor':
      return says.rumor === undefined
        ? undefined
        : { machine: check(machine.needsCheck), person: findingNames[says.rumor.finding] };
    case 'duty':
      return says.duty === undefined ? undefined : { machine: listed(machine.duty), person: listed(says.duty) };
  }
}
