import type { IncidentId } from './incident.ts';

/** A person on call is a name and a channel that reaches them. */
export interface DutyMember {
  readonly name: string;
  readonly channel: string;
}

/** 班次, in Asia/Shanghai. It begins on each of its days and may end on the day after. */
export interface Shift {
  readonly id: number;
  readonly name: string;
  /** Every week on these days (1 Monday … 7 Sunday), or once on a date (2026-11-28), which then stands before the weekly ones. */
  readonly on: { readonly days: readonly number[] } | { readonly date: string };
  /** Minutes after midnight. `to` ≤ `from` ends on the next day; equal: a whole day. */
  readonly from: number;
  readonly to: number;
  /** In the order in which they are called. */
  readonly members: readonly DutyMember[];
}

/** A shift as it falls on one day. Epoch ms. */
export interface ShiftSpan {
  readonly shift: Shift;
  readonly from: number;
  readonly to: number;
}

/** 升级链: who is called when nobody takes an incident over. */
export interface PagingRules {
  readonly on: boolean;
  /** Minutes each of them is given to take over. */
  readonly waitMinutes: number;
  /** After everybody on shift. */
  readonly leads: readonly DutyMember[];
  /** At night only the urgent is called out for; the rest waits for the morning. null: always. */
  readonly night: { readonly from: number; readonly to: number } | null;
  /** Where the auditor reports a missed call: another way than the calls take. */
  readonly auditChannel: string | null;
  readonly changedAt: number;
  readonly changedBy: string;
}

export const NO_PAGING: PagingRules = {
  on: false,
  waitMinutes: 10,
  leads: [],
  night: { from: 22 * 60, to: 7 * 60 },
  auditChannel: null,
  changedAt: 0,
  changedBy: '',
};

/** What became of calling out for an incident. Only ever added to. */
export type CallAct =
  | { readonly act: 'began'; readonly urgent: boolean; readonly title: string }
  /** Nobody was told yet: it is night and this can wait, until then. */
  | { readonly act: 'deferred'; readonly until: number }
  | { readonly act: 'called'; readonly step: number; readonly member: DutyMember }
  /** There was nobody to call at this step. */
  | { readonly act: 'nobody'; readonly step: number }
  | { readonly act: 'taken'; readonly by: string }
  | { readonly act: 'closed'; readonly because: string }
  /** The auditor found a step that had not been taken. */
  | { readonly act: 'missed'; readonly step: number };

export type CallEvent = CallAct & { readonly incident: IncidentId; readonly at: number };
