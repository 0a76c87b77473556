import { contains, parentOf, type RegionCode } from '../pipelines/domain/region.ts';
import type { Week } from '../pipelines/domain/week.ts';
import type { CountyFacts, SourceFacts } from '../pipelines/6-report/facts.ts';
import type { ReportParts } from './report-parts.ts';
import type { Names } from './views.ts';

/** 洛阳市 of 河南省洛阳市. */
export function ownName(code: RegionCode, { regions }: Names): string {
  const above = parentOf(code);
  const name = regions.regionName(code);
  return above === undefined ? name : name.replace(regions.regionName(above), '');
}

export async function readSources({ store, book }: ReportParts, { from, to }: Week): Promise<SourceFacts[]> {
  const counted = new Map(
    (await store.tally({ from, to }, ['source'])).map(({ keys: [name], posts, first }) => [name!, { posts, first }]),
  );
  const about = new Map(book.list().map((each) => [each.name, each]));
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

/** A county is fed where a source brought something in the week that covers it or covers everything. */
export function readCounties({ names, home, population }: ReportParts, sources: readonly SourceFacts[]): CountyFacts[] {
  const alive = sources.filter(({ posts }) => posts > 0);
  return names.regions.childrenOf(home).map((code) => ({
    code,
    name: ownName(code, names),
    people: population.get(code) ?? null,
    fed: alive.some(({ region }) => region === null || contains(region, code) || contains(code, region)),
  }));
}
