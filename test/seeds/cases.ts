import type { Account } from '../../pipelines/domain/account.ts';
import type { Actor, CaseAct, CaseDraft, CaseEvent } from '../../pipelines/domain/case-event.ts';
import type { Incident, IncidentId } from '../../pipelines/domain/incident.ts';
import type { RegionCode } from '../../pipelines/domain/region.ts';

export const MINUTE = 60_000;
/** Friday 20 November 2026, 21:00 in Shanghai. */
export const AT_NINE = Date.parse('2026-11-20T21:00:00+08:00');

export const LI: Actor = { kind: 'person', id: 'li', name: '夜班 02' };
export const WANG: Actor = { kind: 'person', id: 'wang', name: '白班 01' };
export const RULE: Actor = { kind: 'rule', rule: '测试' };

export const AN_INCIDENT = 'i-1' as IncidentId;

/** One act at `minute` after nine, by the rule where the story begins and by 夜班 02 else. */
export const doneAt = (minute: number, act: CaseAct, more: Partial<Pick<CaseDraft, 'by' | 'why'>> = {}): CaseDraft => ({
  ...act,
  at: AT_NINE + minute * MINUTE,
  by: act.act === 'raised' ? RULE : LI,
  ...more,
});

export const raised = (suggested: string | null = 'jianxi'): CaseDraft =>
  doneAt(0, { act: 'raised', starts: { firstPost: AT_NINE - 2 * MINUTE, firstSeen: AT_NINE }, suggested });

/** The events as a file would hold them. */
export const filed = (drafts: readonly CaseDraft[], incident = AN_INCIDENT): CaseEvent[] =>
  drafts.map((draft, at) => ({ ...draft, incident, seq: at + 1, keptAt: draft.at }));

export const anAccount = (id: string, more: Partial<Account> = {}): Account => ({
  id,
  name: more.unit ?? id,
  unit: id,
  tier: 'county',
  region: '410305' as RegionCode,
  duties: ['综合'],
  public: true,
  ...more,
});

export const wordOf = (account: string, minute: number, text = '已修好，今晚恢复。') => ({
  account,
  text,
  publishedAt: AT_NINE + minute * MINUTE,
});

/** An open complaint of 涧西区, raised at nine; say only what matters. */
export const anIncident = (id: string, more: Partial<Incident> = {}): Incident => ({
  id: id as IncidentId,
  title: '锦川小区停暖',
  region: '410305' as RegionCode,
  regionName: '河南省洛阳市涧西区',
  rung: 'county',
  heat: 30,
  terms: ['停暖'],
  kind: '投诉',
  need: '投诉',
  duty: [],
  urgent: false,
  lifeAtRisk: false,
  rumor: 0.1,
  firstPostAt: AT_NINE - 2 * MINUTE,
  openedAt: AT_NINE,
  lastPostAt: AT_NINE,
  count: 5,
  copies: 7,
  steps: [],
  state: 'open',
  ...more,
});
