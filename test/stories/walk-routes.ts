import type { StatedRoute } from '../../server/http/guard.ts';

/** What a request may name: ids of things that lie somewhere, and words that only occur there. */
export interface Things {
  readonly ids: readonly string[];
  readonly words: readonly string[];
  readonly regions: readonly string[];
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** As much of JSON Schema as routes are described with. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

interface RouteSchema {
  readonly body?: Schema;
  readonly querystring?: Schema;
}

/**
 * Every way to ask a route for these things: each id in each place of the path, each word and region in the questions that take
 * one, and a body that its schema accepts with each id in it. A route that is added is walked by being registered.
 */
export function requestsOf(route: StatedRoute, things: Things): Asked[] {
  const { body, querystring }: RouteSchema = route.schema ?? {};
  const takesBody = body !== undefined && !['GET', 'HEAD'].includes(route.method);
  return pathsOf(route.url, things).flatMap(({ path, id }) =>
    ['', ...queriesOf(querystring, things)].flatMap((query) =>
      // Where the path names a thing, the body names it too.
      (takesBody ? (id === undefined ? ['x', ...things.ids] : [id]) : [undefined]).map((named): Asked => ({
        method: route.method,
        path: `${path}${query}`,
        ...(named === undefined || body === undefined ? {} : { body: sampleOf(body, named, things) }),
      })),
    ),
  );
}

function pathsOf(url: string, { ids, regions }: Things): { readonly path: string; readonly id?: string }[] {
  const named = url.match(/:[A-Za-z]+/g) ?? [];
  if (named.length === 0) return [{ path: url.replace('/*', '/nothing') }];
  return [...ids, ...regions, '1'].map((id) => ({
    path: named.reduce((path, name) => path.replace(name, encodeURIComponent(id)), url),
    id,
  }));
}

function queriesOf(schema: Schema | undefined, { ids, words, regions }: Things): string[] {
  return Object.entries(schema?.properties ?? {}).flatMap(([name, property]) => {
    const text = JSON.stringify(property);
    const taken = text.includes('\\\\d{6}') ? regions : property.type === 'string' ? [...words, ...ids] : [];
    return taken.map((one) => `?${name}=${encodeURIComponent(one)}`);
  });
}

/** The least value that a schema accepts, with the id wherever a text is free. */
export function sampleOf(schema: Schema, id: string, things: Things): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.anyOf !== undefined) return sampleOf(schema.anyOf.at(-1) ?? {}, id, things);
  switch (typeof schema.type === 'string' ? schema.type : schema.type?.[0]) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => schema.required?.includes(name) === true)
          .map(([name, property]) => [name, sampleOf(property, id, things)]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}, id, things));
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      if (schema.format === 'date-time') return '2026-11-20T21:00:00+08:00';
      if (schema.pattern?.includes('\\d{6}') === true) return things.regions[0];
      return id.padEnd(schema.minLength ?? 1, 'x');
  }
}
