import { describe, expect, test } from 'vitest';
import { latestMapping, mappingHash, mappingName, MAPPINGS } from '../../mappings/registry.ts';

/** What was released. A line is added with every new version; a line that changes means a released mapping was edited. */
const RELEASED: Readonly<Record<string, string>> = {
  'posts-v1': 'ee00ed4f75e6116e3cc31f0daed2c2fc5402958545782d8af1888792f283df8d',
  'incidents-v1': '9fd97a5e08fc08c09f0060231f08c935b1c6558a2aefe93abf0a24419e94b2f3',
  'incidents-v2': '7eac44ff042680e2408b04b217b3d783794cbac9764de6d372122579b8fb851e',
};

const TYPES = ['keyword', 'text', 'date', 'boolean', 'float', 'integer', 'long'];

interface Field {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Field>>;
}

const typesOf = (fields: Readonly<Record<string, Field>>): string[] =>
  Object.values(fields).flatMap((field) => (field.properties ? typesOf(field.properties) : [field.type ?? 'none']));

describe('mappings', () => {
  test('no released version was edited', () => {
    expect(Object.fromEntries(MAPPINGS.map((mapping) => [mappingName(mapping), mappingHash(mapping)]))).toEqual(
      RELEASED,
    );
  });

  test('versions of a family start at 1 and leave no gap', () => {
    for (const family of new Set(MAPPINGS.map((mapping) => mapping.family))) {
      const versions = MAPPINGS.filter((mapping) => mapping.family === family).map((mapping) => mapping.version);
      expect(versions).toEqual(versions.map((_, index) => index + 1));
      expect(latestMapping(family).version).toBe(versions.length);
    }
  });

  test('fields nobody named are refused, and every type is one that any build of Elasticsearch has', () => {
    for (const { mappings } of MAPPINGS) {
      expect(mappings['dynamic']).toBe('strict');
      for (const type of typesOf(mappings['properties'] as Record<string, Field>)) expect(TYPES).toContain(type);
    }
  });

  test('the hash does not depend on the order of keys, and does on every value', () => {
    const base = { family: 'posts', version: 1, settings: { a: 1, b: [1, 2] }, mappings: {} } as const;
    expect(mappingHash({ ...base, settings: { b: [1, 2], a: 1 } })).toBe(mappingHash(base));
    expect(mappingHash({ ...base, settings: { a: 1, b: [2, 1] } })).not.toBe(mappingHash(base));
  });
});
