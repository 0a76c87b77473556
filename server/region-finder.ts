import { parentOf, pathOf, type RegionCode } from '../pipelines/domain/region.ts';
import type { RegionNames } from '../pipelines/ports/region-names.ts';

/**
 * Divisions by name within the home's province: 河南省洛阳市洛龙区, 洛阳市洛龙区, 洛龙区 or 洛龙. A name that several have gives all of them.
 * Built when it is first asked.
 */
export function regionFinder(names: RegionNames, home: RegionCode): (name: string) => readonly RegionCode[] {
  let byName: Map<string, Set<RegionCode>> | undefined;
  return (name) => {
    byName ??= listed(names, pathOf(home).at(-1) ?? home);
    return [...(byName.get(name.replaceAll(/\s/g, '')) ?? [])];
  };
}

function listed(names: RegionNames, province: RegionCode): Map<string, Set<RegionCode>> {
  const byName = new Map<string, Set<RegionCode>>();
  const add = (name: string, code: RegionCode): void => {
    if (name === '') return;
    const held = byName.get(name);
    if (held === undefined) byName.set(name, new Set([code]));
    else held.add(code);
  };
  const visit = (code: RegionCode): void => {
    const whole = names.regionName(code);
    add(whole, code);
    add(names.shortName(code), code);
    for (let upper = parentOf(code); upper !== undefined; upper = parentOf(upper)) {
      const above = names.regionName(upper);
      if (above !== '' && whole !== above && whole.startsWith(above)) add(whole.slice(above.length), code);
    }
    for (const child of names.childrenOf(code)) visit(child);
  };
  visit(province);
  return byName;
}
