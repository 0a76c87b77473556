import type { AnswerCase } from '../domain/suggestion.ts';
import { findLocal } from './find-local.ts';
import { commonRegion, type Matrix } from './matrix.ts';

/** 督办: the accounts with that duty whose region contains the incident's, nearest tier first. */
export function findSupervisors(theCase: AnswerCase, matrix: Matrix): readonly string[] {
  const places = theCase.regions ?? [];
  const region = places.length > 1 ? (commonRegion(places) ?? null) : (theCase.region ?? matrix.home ?? null);
  return findLocal(theCase, region, matrix)
    .withDuty('督办')
    .map(({ id }) => id);
}
