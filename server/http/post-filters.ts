import type { IncidentId } from '../../pipelines/domain/incident.ts';
import { regionCode } from '../../pipelines/domain/region.ts';
import type { PostId } from '../../pipelines/domain/post.ts';
import type { PostFilters } from '../contract/search.ts';
import type { PeriodTooLong, SearchQuestion } from '../services/search.ts';
import { HttpFault } from './faults.ts';

/** The filters of an address as a question to the store. @throws HttpFault where the period ends before it begins */
export function questionOf(asked: PostFilters): SearchQuestion {
  const from = asked.from === undefined ? undefined : Date.parse(asked.from);
  const to = asked.to === undefined ? undefined : Date.parse(asked.to);
  if (from !== undefined && to !== undefined && from >= to) {
    throw new HttpFault(400, 'invalid_request', 'from must be before to; exchange them.', {
      where: 'querystring.from',
    });
  }
  const { platform, source, kind, sentiment, mood, need, duty, rung, urgent, needsCheck, folded } = asked;
  return {
    ...(asked.region === undefined ? {} : { region: regionCode(asked.region) }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(platform === undefined ? {} : { platform }),
    ...(source === undefined ? {} : { source }),
    ...(kind === undefined ? {} : { kind }),
    ...(sentiment === undefined ? {} : { sentiment }),
    ...(mood === undefined ? {} : { mood }),
    ...(need === undefined ? {} : { need }),
    ...(duty === undefined ? {} : { duty }),
    ...(rung === undefined ? {} : { rung }),
    ...(asked.incident === undefined ? {} : { incident: asked.incident as IncidentId }),
    ...(urgent === undefined ? {} : { urgent }),
    ...(needsCheck === undefined ? {} : { needsCheck }),
    ...(asked.ids === undefined ? {} : { ids: asked.ids.split(',') as PostId[] }),
    ...(asked.group === undefined ? {} : { groups: [asked.group as PostId] }),
    ...(folded === undefined ? {} : { folded }),
  };
}

/** As the asker is told it. */
export const tooLong = (cause: PeriodTooLong): HttpFault =>
  new HttpFault(400, 'invalid_request', cause.message, { where: 'querystring.from', cause });
