import { createHash } from 'node:crypto';
import incidentsV1 from './incidents/v1.json' with { type: 'json' };
import incidentsV2 from './incidents/v2.json' with { type: 'json' };
import postsV1 from './posts/v1.json' with { type: 'json' };

/** One released shape of one family of documents: analysis settings and strict field mappings for Elasticsearch. */
export interface MappingVersion {
  readonly family: 'posts' | 'incidents';
  /** From 1, no gaps. */
  readonly version: number;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly mappings: Readonly<Record<string, unknown>>;
}

/** Only ever add. A released version is never edited, test/mappings/registry.test.ts pins its content; a change is a new file and a new line. */
export const MAPPINGS: readonly MappingVersion[] = [
  { family: 'posts', version: 1, ...postsV1 },
  { family: 'incidents', version: 1, ...incidentsV1 },
  { family: 'incidents', version: 2, ...incidentsV2 },
];

/** The newest version of a family. */
export function latestMapping(family: MappingVersion['family']): MappingVersion {
  const newest = MAPPINGS.findLast((mapping) => mapping.family === family);
  if (newest === undefined) throw new Error(`no mapping is registered for ${family}`);
  return newest;
}

/** `posts-v1`: what index names begin with, after the deployment's own prefix. */
export const mappingName = (mapping: MappingVersion): string => `${mapping.family}-v${mapping.version}`;

/** sha256 of the content in hex, the same for any order of keys; kept in `_meta`, so that an unchanged mapping is known without comparing. */
export const mappingHash = ({ settings, mappings }: MappingVersion): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted({ settings, mappings })))
    .digest('hex');

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
