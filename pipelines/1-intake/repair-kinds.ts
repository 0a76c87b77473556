/** A statement of repair without the values in it: `counts.like：“1.2万”记为 12000` is of the kind `counts.like：…记为 n`. */
export const repairKind = (repair: string): string =>
  repair
    .replace(/“[^”]{0,400}”/gu, '…')
    .replace(/\d[\d,.]*/gu, 'n')
    .slice(0, 80);

export function countKinds(repairs: Iterable<string>): ReadonlyMap<string, number> {
  const kinds = new Map<string, number>();
  for (const repair of repairs) {
    const kind = repairKind(repair);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return kinds;
}
