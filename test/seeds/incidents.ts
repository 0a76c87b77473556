import { incidentDocument, type HourCount, type IncidentDocument } from '../../pipelines/domain/incident-document.ts';
import type { Incident, IncidentId } from '../../pipelines/domain/incident.ts';
import { regionCode } from '../../pipelines/domain/region.ts';

export const incidentId = (text: string): IncidentId => text as IncidentId;

const HOUR = 3_600_000;
/** 2026-11-20 21:00 in Shanghai. */
export const OPENED = Date.UTC(2026, 10, 20, 13);

/** An incident as the desk has it; name only what the test is about. */
export const anIncident = (given: Partial<Incident> = {}): Incident => ({
  id: incidentId('i1'),
  title: '西工小区停水三天',
  region: regionCode('410303'),
  regionName: '河南省洛阳市西工区',
  rung: 'county',
  heat: 40,
  terms: ['停水', '小区'],
  kind: '投诉',
  need: '投诉',
  duty: ['供水'],
  urgent: false,
  lifeAtRisk: false,
  rumor: 0.1,
  firstPostAt: OPENED - HOUR,
  openedAt: OPENED,
  lastPostAt: OPENED + 2 * HOUR,
  count: 12,
  copies: 20,
  steps: [{ from: null, to: 'county', at: OPENED, because: ['两个街道都有人说'], evidence: [] }],
  state: 'open',
  ...given,
});

/** The same as a search store keeps it. */
export const anIncidentDocument = (
  given: Partial<Incident> = {},
  { revision = 1, hours = [] }: { readonly revision?: number; readonly hours?: readonly HourCount[] } = {},
): IncidentDocument => incidentDocument(anIncident(given), revision, [], hours);
