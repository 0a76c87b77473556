import type { estypes } from '@elastic/elasticsearch';
import type { PostMatch } from '../../../pipelines/domain/post-match.ts';

type Filter = estypes.QueryDslQueryContainer;

const occurs = (term: readonly string[]): Filter => ({ match: { words: { query: term.join(' '), operator: 'and' } } });

/** What matchesPost asks, as filters that all must hold. */
export function matchFilters({ all, any, none, regions, needs, duties, kinds }: PostMatch): Filter[] {
  const filters = all.map(occurs);
  if (any.length > 0) filters.push({ bool: { should: any.map(occurs), minimum_should_match: 1 } });
  if (none.length > 0) filters.push({ bool: { must_not: none.map(occurs) } });
  const oneOf = (field: string, values: readonly string[]): void => {
    if (values.length > 0) filters.push({ terms: { [field]: [...values] } });
  };
  oneOf('path', regions);
  oneOf('need', needs);
  oneOf('duty', duties);
  oneOf('kind', kinds);
  return filters;
}
