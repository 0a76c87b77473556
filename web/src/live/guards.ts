import type { AlertRow, IncidentRow } from '../../../server/contract/http.ts';
import type { Pulse } from '../../../server/contract/pulse.ts';
import type { SilenceEventRow } from '../../../server/contract/sources.ts';
import { isTier } from '../../../pipelines/domain/tier.ts';

/**
 * Types do not check what a socket brings. A row that fails here is counted and left out, so that one bad message cannot
 * blank a wall; the full schemas are checked where the rows are made.
 */
type Bag = Readonly<Record<string, unknown>>;
const isBag = (value: unknown): value is Bag => typeof value === 'object' && value !== null && !Array.isArray(value);
const isTime = (value: unknown): boolean => typeof value === 'string' && Number.isFinite(Date.parse(value));

const isSuggestion = (value: unknown): boolean =>
  isBag(value) &&
  Array.isArray(value['then']) &&
  Array.isArray(value['because']) &&
  isBag(value['clock']) &&
  isTime(value['clock']['due']) &&
  typeof value['clock']['minutes'] === 'number';

export const isAlertRow = (value: unknown): value is AlertRow =>
  isBag(value) &&
  Number.isSafeInteger(value['seq']) &&
  typeof value['incident'] === 'string' &&
  typeof value['title'] === 'string' &&
  isTime(value['at']) &&
  isTier(value['rung']) &&
  isSuggestion(value['suggestion']);

export const isIncidentRow = (value: unknown): value is IncidentRow =>
  isBag(value) &&
  typeof value['id'] === 'string' &&
  typeof value['title'] === 'string' &&
  typeof value['regionName'] === 'string' &&
  isTier(value['rung']) &&
  isTime(value['openedAt']) &&
  isTime(value['firstPostAt']) &&
  Array.isArray(value['steps']) &&
  value['steps'].every((step: unknown) => isBag(step) && isTier(step['to']) && isTime(step['at'])) &&
  (value['suggestion'] === null || isSuggestion(value['suggestion']));

export const isSilenceEvent = (value: unknown): value is SilenceEventRow =>
  isBag(value) &&
  Number.isSafeInteger(value['seq']) &&
  (value['event'] === 'silent' || value['event'] === 'ended') &&
  typeof value['source'] === 'string' &&
  isTime(value['at']) &&
  isTime(value['since']);

export const isPulse = (value: unknown): value is Pulse =>
  isBag(value) &&
  isTime(value['now']) &&
  typeof value['speed'] === 'number' &&
  Array.isArray(value['day']) &&
  Array.isArray(value['tiles']) &&
  Array.isArray(value['around']) &&
  isBag(value['home']) &&
  isBag(value['lag']) &&
  isBag(value['store']) &&
  Number.isSafeInteger(value['alertSeq']);
