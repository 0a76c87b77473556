import { TIER_NAMES } from '../../../pipelines/domain/tier.ts';
import type { IncidentRow } from '../../../server/contract/http.ts';

const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** "6时内升市可能23%，常年12%": how likely a spread climbs, beside how often such spreads do. */
export const forecastWords = ({ to, within, probability, base }: NonNullable<IncidentRow['forecast']>): string =>
  `${within}时内升${TIER_NAMES[to]}可能${percent(probability)}，常年${percent(base)}`;
