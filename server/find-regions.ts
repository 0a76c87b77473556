import { seesRegion, type Scope } from '../pipelines/domain/person.ts';
import { contains, pathOf, type RegionCode } from '../pipelines/domain/region.ts';
import type { KnownRegions } from '../pipelines/2-understand/name-regions.ts';
import type { RegionHit } from './contract/settings.ts';

const MOST = 12;

/**
 * Divisions of the home's province whose code begins with this or whose full name holds it, and of other provinces those with this
 * very code: within the home first, wider ones before the parts of them. Cut to the scope.
 */
export function findRegions(regions: KnownRegions, home: RegionCode, scope: Scope, text: string): RegionHit[] {
  const wanted = text.replaceAll(/\s/gu, '');
  if (wanted === '') return [];
  const hits: { readonly code: RegionCode; readonly name: string }[] = [];
  const look = (code: RegionCode): void => {
    const name = regions.regionName(code);
    if (seesRegion(scope, code) && (name.includes(wanted) || code.startsWith(wanted))) hits.push({ code, name });
    for (const child of regions.childrenOf(code)) look(child);
  };
  const province = pathOf(home).at(-1) ?? home;
  look(province);
  const exact = wanted as RegionCode;
  if (
    /^(?:\d{6}|\d{9})$/u.test(wanted) &&
    !contains(province, exact) &&
    regions.knows(exact) &&
    seesRegion(scope, exact)
  )
    hits.push({ code: exact, name: regions.regionName(exact) });
  const rank = ({ code, name }: RegionHit): number =>
    (contains(home, code as RegionCode) ? 0 : 4) + (name.endsWith(wanted) ? 0 : 2) + (code.length > 6 ? 1 : 0);
  return hits.sort((a, b) => rank(a) - rank(b) || (a.code < b.code ? -1 : 1)).slice(0, MOST);
}
