import type { IncidentRow } from '../../../server/contract/http.ts';

export interface InboxGroup {
  readonly key: 'now' | 'today' | 'later' | 'answered';
  readonly rows: readonly IncidentRow[];
}

const HOUR = 3_600_000;
const KEYS = ['now', 'today', 'later', 'answered'] as const;

/** 收件箱: what is not closed, by the time that is left; a life at risk above all. Answered ones wait below for their echo. */
export function groupInbox(rows: Iterable<IncidentRow>, now: number): InboxGroup[] {
  const groups = new Map<InboxGroup['key'], IncidentRow[]>(KEYS.map((key) => [key, []]));
  for (const row of rows) {
    if (row.file === undefined || row.file.status === 'closed' || row.state === 'merged') continue;
    groups.get(keyOf(row, now))!.push(row);
  }
  const due = (row: IncidentRow): number => Date.parse(row.file?.clock.due ?? '');
  for (const list of groups.values())
    list.sort((a, b) => Number(b.lifeAtRisk) - Number(a.lifeAtRisk) || due(a) - due(b) || (a.id < b.id ? -1 : 1));
  return KEYS.flatMap((key) => {
    const list = groups.get(key) ?? [];
    return list.length === 0 ? [] : [{ key, rows: list }];
  });
}

function keyOf({ file }: IncidentRow, now: number): InboxGroup['key'] {
  if (file === undefined || file.clock.stopped !== null) return 'answered';
  const left = Date.parse(file.clock.due) - now;
  return left <= HOUR ? 'now' : left <= 24 * HOUR ? 'today' : 'later';
}
