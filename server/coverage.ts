import { contains, type RegionCode } from '../pipelines/domain/region.ts';
import type { SourceRow } from './contract/pulse.ts';

/** What the source book knows about who covers what. */
export interface Coverage {
  /** Names of the sources that are silent now. */
  readonly silent: ReadonlySet<string>;
  /** Paused ones bring nothing, whatever they brought before. */
  readonly paused: ReadonlySet<string>;
  /** What a source is said to cover; absent: anywhere. */
  readonly region: ReadonlyMap<string, RegionCode>;
}

/**
 * Whether a region is fed: by a living source that is said to cover it, or that spoke of it within the last day. A region that only
 * dead sources spoke of is not fed, and drawn as no data. One that nobody ever spoke of is fed as long as a source lives that covers
 * everything: there it is simply calm.
 */
export function fedBy(
  sources: readonly SourceRow[],
  { silent, paused, region }: Coverage,
  feeders: (code: RegionCode) => readonly string[],
): (code: RegionCode) => boolean {
  const alive = new Set(
    sources.flatMap(({ name, state }) =>
      (state === 'live' || state === 'slow') && !silent.has(name) && !paused.has(name) ? [name] : [],
    ),
  );
  const anywhere = [...alive].some((name) => !region.has(name));
  const said = [...region];
  return (code) => {
    const feeding = new Set([
      ...feeders(code).filter((name) => !region.has(name)),
      ...said.flatMap(([name, of]) => (contains(of, code) || contains(code, of) ? [name] : [])),
    ]);
    if (feeding.size === 0) return anywhere;
    return [...feeding].some((name) => alive.has(name));
  };
}
