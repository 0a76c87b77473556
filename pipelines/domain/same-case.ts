import { agree, particularsOf, type Particulars } from './particulars.ts';
import type { UnderstoodPost } from './post.ts';
import { contains, mayBeOneSpot, regionAt, type RegionCode } from './region.ts';

/** One case, as a post or all posts of it so far tell it. */
export interface Case extends Particulars {
  readonly region: RegionCode | null;
}

/**
 * `same`: what names a case agrees. `other`: somebody or something else is named. `elsewhere`: nothing is named, and the place is
 * another. `unsaid`: nothing tells; the words decide.
 */
export type Sameness = 'same' | 'other' | 'elsewhere' | 'unsaid';

/** People guess the age of somebody they look for. */
const YEARS = 2;

type Told = Pick<UnderstoodPost, 'text' | 'need'> & { readonly region: { readonly code: RegionCode } | null };

/** The case that a post with a life at risk tells of; undefined for any other post. */
export const caseOf = (post: Told): Case | undefined =>
  post.need.lifeAtRisk ? { ...particularsOf(post.text), region: post.region?.code ?? null } : undefined;

/**
 * Whether two pleas are of one case. The one judgement behind folding (is it a copy?), joining and merging (is it the same
 * incident?), since two families in need write alike, and one family's search is passed on with other places before it.
 *
 * The same telephone or name is the same case. Otherwise another telephone, name, road, age, person or house is another case,
 * wherever it is; the same road is the same case in any town of one city, and of a province where only cities are named; and where
 * no road is named, another town is another case.
 */
export function sameCase(a: Case, b: Case): Sameness {
  if (shares(a.phones, b.phones) || shares(a.names, b.names)) return 'same';
  const spots = meetSpots(a.spots, b.spots);
  if (apart(a.phones, b.phones) || apart(a.names, b.names) || spots === 'apart') return 'other';
  if (a.ages.length > 0 && b.ages.length > 0 && !a.ages.some((age) => b.ages.some((other) => close(age, other))))
    return 'other';
  if (
    a.person !== null &&
    b.person !== null &&
    !(agree(a.person.sex, b.person.sex) && agree(a.person.age, b.person.age))
  )
    return 'other';
  if (apart(a.houses, b.houses)) return 'other';
  if (spots === 'shared') return ofOneSpot(a, b);
  return a.region === null || b.region === null || onePlace(a.region, b.region) ? 'unsaid' : 'elsewhere';
}

const close = (a: number, b: number): boolean => Math.abs(a - b) <= YEARS;
const shares = <T>(a: readonly T[], b: readonly T[]): boolean => a.some((one) => b.includes(one));
const apart = <T>(a: readonly T[], b: readonly T[]): boolean => a.length > 0 && b.length > 0 && !shares(a, b);

/** A name may carry a sign of the words before it: 刚才建业路 is 建业路. */
function meetSpots(a: readonly string[], b: readonly string[]): 'shared' | 'apart' | 'unsaid' {
  if (a.length === 0 || b.length === 0) return 'unsaid';
  return a.some((one) => b.some((other) => one.endsWith(other) || other.endsWith(one))) ? 'shared' : 'apart';
}

/** One within the other. A province holds too much to say so. */
const onePlace = (a: RegionCode, b: RegionCode): boolean =>
  (contains(a, b) || contains(b, a)) && regionAt(a, 'city') !== undefined && regionAt(b, 'city') !== undefined;

/** Two pleas that name one road. Where one says no place, only a person looked for in both makes them one by it: every city has a 人民路. */
function ofOneSpot(a: Case, b: Case): Sameness {
  if (a.region === null || b.region === null) return a.person === null || b.person === null ? 'unsaid' : 'same';
  if (regionAt(a.region, 'province') !== regionAt(b.region, 'province')) return 'other';
  const [city, other] = [regionAt(a.region, 'city'), regionAt(b.region, 'city')];
  if (city !== undefined && city === other) return 'same';
  return mayBeOneSpot(a.region, b.region) ? 'same' : 'elsewhere';
}
