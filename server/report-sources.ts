import { contains, parentOf, type RegionCode } from '../pipelines/domain/region.ts';
import type { Week } from '../pipelines/domain/week.ts';
import type { CountyFacts, SourceFacts } from '../pipelines/6-report/facts.ts';
import type { TallyRow } from '../pipelines/ports/post-tally.ts';
import type { Reported, ReportParts } from './report-parts.ts';
import type { Names } from './views.ts';

/** 洛阳市 of 河南省洛阳市. */
export function ownName(code: RegionCode, { regions }: Names): string {
  const above = parentOf(code);
  const name = regions.regionName(code);
  return above === undefined ? name : name.replace(regions.regionName(above), '');
}

/** Of a region: the sources that brought something of it, and those that are to feed it. `bySource`: the week's posts there. */
export function readSources(
  { book }: Pick<ReportParts, 'book'>,
  { of }: Reported,
  { from, to }: Week,
  bySource: readonly TallyRow[],
): SourceFacts[] {
  const counted = new Map(bySource.map(({ keys: [name], posts, first }) => [name!, { posts, first }]));
  const feeds = (region: RegionCode | undefined): boolean =>
    of === null || region === undefined || contains(region, of) || contains(of, region);
  const about = new Map(book.list().flatMap((each) => (feeds(each.region) ? [[each.name, each] as const] : [])));
  const silences = book.silences(2_000).filter((gap) => gap.since < to && (gap.endedAt ?? to) > from);
  const names = [...new Set([...about.keys(), ...counted.keys()])].sort();
  return names.map((name) => ({
    name,
    region: about.get(name)?.region ?? null,
    posts: counted.get(name)?.posts ?? 0,
    first: counted.get(name)?.first ?? 0,
    gaps: silences
      .filter(({ source }) => source === name)
      .map(({ since, endedAt }) => ({ from: Math.max(from, since), to: Math.min(to, endedAt ?? to) }))
      .sort((a, b) => a.from - b.from),
    caps: about.get(name)?.caps ?? [],
  }));
}

/** What lies right below a region. It is fed where a source brought something in the week that covers it or covers everything. */
export function readCounties(
  { names, population }: ReportParts,
  home: RegionCode,
  sources: readonly SourceFacts[],
): CountyFacts[] {
  const alive = sources.filter(({ posts }) => posts > 0);
  return names.regions.childrenOf(home).map((code) => ({
    code,
    name: ownName(code, names),
    people: population.get(code) ?? null,
    fed: alive.some(({ region }) => region === null || contains(region, code) || contains(code, region)),
  }));
}
