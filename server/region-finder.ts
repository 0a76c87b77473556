import { contains, parentOf, pathOf, type RegionCode } from '../pipelines/domain/region.ts';
import type { RegionNames } from '../pipelines/ports/region-names.ts';

type Named = Map<string, Set<RegionCode>>;

/**
 * Divisions by name within the home's province: 河南省洛阳市洛龙区, 洛阳市洛龙区, 洛龙区, or, where nothing is called so in full, 洛龙. Those in
 * the home region go before others of the same name; a name that several have still gives all of them. Built when it is first asked.
 */
export function regionFinder(names: RegionNames, home: RegionCode): (name: string) => readonly RegionCode[] {
  let listed: { readonly full: Named; readonly short: Named } | undefined;
  return (said) => {
    listed ??= list(names, pathOf(home).at(-1) ?? home);
    const name = said.replaceAll(/\s/g, '');
    const found = [...(listed.full.get(name) ?? listed.short.get(name) ?? [])];
    const own = found.filter((code) => contains(home, code));
    return own.length > 0 ? own : found;
  };
}

function list(names: RegionNames, province: RegionCode): { readonly full: Named; readonly short: Named } {
  const full: Named = new Map();
  const short: Named = new Map();
  const visit = (code: RegionCode): void => {
    const whole = names.regionName(code);
    add(full, whole, code);
    add(short, names.shortName(code), code);
    for (let upper = parentOf(code); upper !== undefined; upper = parentOf(upper)) {
      const above = names.regionName(upper);
      if (above !== '' && whole !== above && whole.startsWith(above)) add(full, whole.slice(above.length), code);
    }
    for (const child of names.childrenOf(code)) visit(child);
  };
  visit(province);
  return { full, short };
}

function add(named: Named, name: string, code: RegionCode): void {
  if (name === '') return;
  const held = named.get(name);
  if (held === undefined) named.set(name, new Set([code]));
  else held.add(code);
}
