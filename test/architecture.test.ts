import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import ts from 'typescript';

/**
 * The import law. A file answers to the first rule whose `from` it matches; it may import what `may` lists and nothing
 * else: files by path from the root, Node's own modules as `node:…`, packages by name. `OWN` is the folder that `from`
 * captured. `seeded` are two imports that break the rule, so that each rule is seen to fail.
 */
const OWN = 'its own folder';
const NODE = /^node:/;
const DOMAIN = /^pipelines\/domain\//;
const PORTS = /^pipelines\/ports\//;
const CONTRACT = /^server\/contract\//;
const EDGE = /^server\/(http|live|desk|jobs|drill|people)\/|^server\/services(?:\.ts$|\/)/;
const PACKAGE = /^package:/;
const packages = (...names: string[]) => names.map((name) => new RegExp(`^package:${name}(/|$)`));

interface Rule {
  readonly from: RegExp;
  readonly may: readonly (RegExp | typeof OWN)[];
  readonly seeded: readonly [file: string, specifier: string][];
}

const LAW: readonly Rule[] = [
  {
    from: /^(pipelines\/domain)\//,
    may: [OWN],
    seeded: [
      ['pipelines/domain/post.ts', '../ports/clock.ts'],
      ['pipelines/domain/post.ts', 'node:fs'],
    ],
  },
  {
    from: /^(pipelines\/ports)\//,
    may: [OWN, DOMAIN],
    seeded: [
      ['pipelines/ports/clock.ts', '../stage.ts'],
      ['pipelines/ports/clock.ts', 'typebox'],
    ],
  },
  {
    from: /^(pipelines\/0-[a-z-]+)\//,
    may: [OWN, DOMAIN, PORTS, NODE],
    seeded: [
      ['pipelines/0-source/file.ts', '../1-intake/parse.ts'],
      ['pipelines/0-source/file.ts', 'csv-parse/sync'],
    ],
  },
  {
    from: /^(pipelines\/[1-6]-[a-z-]+)\//,
    may: [OWN, DOMAIN, PORTS, /^pipelines\/stage\.ts$/],
    seeded: [
      ['pipelines/4-watch/detect.ts', '../1-intake/fold.ts'],
      ['pipelines/2-understand/locate.ts', 'fs'],
    ],
  },
  {
    from: /^pipelines\/stage\.ts$/,
    may: [],
    seeded: [['pipelines/stage.ts', './domain/post.ts']],
  },
  {
    from: /^pipelines\/[^/]+\.ts$/,
    may: [/^pipelines\//],
    seeded: [
      ['pipelines/pipeline.ts', '../server/config.ts'],
      ['pipelines/pipeline.ts', 'node:path'],
    ],
  },
  {
    from: /^(mappings)\//,
    may: [OWN, /^node:crypto$/],
    seeded: [
      ['mappings/registry.ts', '../pipelines/domain/post.ts'],
      ['mappings/registry.ts', 'node:fs'],
    ],
  },
  {
    from: /^(server\/contract)\//,
    may: [OWN, DOMAIN, ...packages('typebox')],
    seeded: [
      ['server/contract/http.ts', '../services.ts'],
      ['server/contract/live.ts', 'socket.io'],
    ],
  },
  // These are ports over one technology: they share its folder, sqlite.
  {
    from: /^(server\/adapters\/(?:audit|cases|desk|door|embedded|inbox|links|matrix|notify-book|people|refutations|reports|reviews|settings|watches))\//,
    may: [
      OWN,
      DOMAIN,
      PORTS,
      /^mappings\//,
      NODE,
      PACKAGE,
      /^server\/adapters\/sqlite\//,
      /^server\/(?:package-root|start-worker)\.ts$/,
    ],
    seeded: [
      ['server/adapters/embedded/store.ts', '../elasticsearch/bulk.ts'],
      ['server/adapters/desk/desk.ts', '../../app.ts'],
    ],
  },
  // Whatever asks another machine does it through one guard.
  {
    from: /^(server\/adapters\/(?:feed-fetch|notify))\//,
    may: [OWN, DOMAIN, PORTS, NODE, PACKAGE, /^server\/adapters\/outbound\//],
    seeded: [
      ['server/adapters/notify/dingtalk/dingtalk.ts', '../../sqlite/open-db.ts'],
      ['server/adapters/feed-fetch/fetch-feed.ts', '../notify/post.ts'],
    ],
  },
  {
    from: /^(server\/adapters\/[^/]+)\//,
    may: [OWN, DOMAIN, PORTS, /^mappings\//, NODE, PACKAGE, /^server\/package-root\.ts$/],
    seeded: [
      ['server/adapters/jieba/cut.ts', '../sqlite/open-db.ts'],
      ['server/adapters/sqlite/open-db.ts', '../../http/health.ts'],
    ],
  },
  {
    from: /^server\/adapters\/[^/]+\.ts$/,
    may: [DOMAIN, PORTS, NODE],
    seeded: [
      ['server/adapters/system-clock.ts', './sqlite/open-db.ts'],
      ['server/adapters/system-clock.ts', 'fastify'],
    ],
  },
  {
    from: /^server\/(?:http|live|desk|jobs|drill|people)\//,
    may: [
      EDGE,
      DOMAIN,
      PORTS,
      CONTRACT,
      NODE,
      /^server\/package-root\.ts$/,
      ...packages('@?fastify', 'socket\\.io', 'typebox', 'prom-client'),
    ],
    seeded: [
      ['server/http/posts.ts', '../adapters/elasticsearch/store.ts'],
      ['server/live/gateway.ts', '@elastic/elasticsearch'],
    ],
  },
  // What brings notices to people: over ports alone, judging with 5-respond.
  {
    from: /^(server\/notify)\//,
    may: [OWN, DOMAIN, PORTS, NODE, /^pipelines\/5-respond\//],
    seeded: [
      ['server/notify/sender.ts', '../adapters/notify/post.ts'],
      ['server/notify/sender.ts', 'nodemailer'],
    ],
  },
  {
    from: /^server\/services(?:\.ts$|\/)/,
    may: [DOMAIN, PORTS, CONTRACT, /^server\/services\//],
    seeded: [
      ['server/services.ts', './http/posts.ts'],
      ['server/services/cases.ts', '../case-desk.ts'],
      ['server/services.ts', 'fastify'],
    ],
  },
  {
    from: /^server\/(?:package-root|start-worker)\.ts$/,
    may: [NODE],
    seeded: [['server/package-root.ts', './config.ts']],
  },
  {
    from: /^server\/(?:cli\/.+|[^/]+\.ts)$/,
    may: [/^(pipelines|mappings|server|bench)\//, NODE, PACKAGE],
    seeded: [
      ['server/app.ts', '../web/src/main.ts'],
      ['server/cli/serve.ts', '../../test/lane.ts'],
    ],
  },
  {
    from: /^(bench)\//,
    may: [OWN, /^(pipelines|mappings|server)\//, NODE, PACKAGE],
    seeded: [['bench/pipeline.ts', '../test/lane.ts']],
  },
  {
    from: /^web\/(?:vite|svelte)\.config\.[jt]s$/,
    may: [NODE, ...packages('vite', '@sveltejs', 'svelte')],
    seeded: [['web/vite.config.ts', '../server/app.ts']],
  },
  {
    from: /^(web)\//,
    may: [
      OWN,
      CONTRACT,
      DOMAIN,
      ...packages('svelte', 'socket\\.io-client', 'chart\\.js', '@fontsource-variable', 'vite'),
    ],
    seeded: [
      ['web/src/wall/Wall.svelte', '../../../server/services.ts'],
      ['web/src/main.ts', 'node:fs'],
    ],
  },
];

/** Where a technology may be named at all, whatever else a rule allows. */
const ONLY_IN: readonly (readonly [name: RegExp, place: RegExp])[] = [
  [/^package:@elastic\//, /^server\/adapters\/elasticsearch\//],
  [/^package:@photostructure\/|^node:sqlite$/, /^server\/adapters\/sqlite\//],
  [/^package:(nodejieba|@node-rs\/jieba)/, /^server\/adapters\/jieba\//],
  [/^package:@node-rs\/argon2/, /^server\/adapters\/argon2\//],
  [/^package:svelte/, /^web\//],
  [/^package:socket\.io$/, /^server\/live\//],
  [/^package:nodemailer/, /^server\/adapters\/notify\/email\//],
];

/** What a specifier means: a path from the root, `node:…`, or `package:…`. */
function meaning(file: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier);
  if (specifier.startsWith('node:')) return specifier;
  return builtinModules.includes(specifier) ? `node:${specifier}` : `package:${specifier}`;
}

/** The sentence to print where an import breaks the law. */
function breach(file: string, specifier: string): string | undefined {
  const what = meaning(file, specifier);
  const rule = LAW.find(({ from }) => from.test(file));
  if (rule === undefined) return `${file}: no rule of test/architecture.test.ts says what this folder may import`;
  const own = rule.from.exec(file)?.[1];
  const allowed = rule.may.some((place) => (place === OWN ? what.startsWith(`${own}/`) : place.test(what)));
  const place = ONLY_IN.find(([name]) => name.test(what))?.[1];
  if (allowed && (place?.test(file) ?? true)) return undefined;
  return `${file} may not import ${what}`;
}

const SCRIPT = /<script[^>]*>([\s\S]*?)<\/script>/g;

/** Every import of a source: from, bare, `import()`, types, re-exports; in a component, those of its scripts. */
function importsOf(file: string, source: string): string[] {
  const code = file.endsWith('.svelte') ? [...source.matchAll(SCRIPT)].map(([, script]) => script).join('\n') : source;
  return ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) => fileName);
}

const root = join(import.meta.dirname, '..');
const sources = ['pipelines', 'mappings', 'server', 'bench', 'web'].flatMap((top) => sourcesUnder(top));

function sourcesUnder(folder: string): string[] {
  let entries;
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw cause;
  }
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory())
      return ['node_modules', 'dist', '.svelte-check'].includes(entry.name) ? [] : sourcesUnder(path);
    return /\.(ts|js|svelte)$/.test(entry.name) ? [path] : [];
  });
}

describe('the import law', () => {
  test('holds in every source', () => {
    expect(sources.length).toBeGreaterThan(20);
    const breaches = sources.flatMap((file) =>
      importsOf(file, readFileSync(join(root, file), 'utf8')).flatMap((specifier) => breach(file, specifier) ?? []),
    );
    expect(breaches).toEqual([]);
  });

  test('has a rule for every source', () => {
    expect(sources.filter((file) => !LAW.some(({ from }) => from.test(file)))).toEqual([]);
  });

  for (const { from, seeded } of LAW) {
    for (const [file, specifier] of seeded) {
      test(`${file} may not import ${specifier} (rule ${from.source})`, () => {
        expect(LAW.find((rule) => rule.from.test(file))?.from).toBe(from);
        expect(breach(file, specifier)).toContain('may not import');
      });
    }
  }

  test('names a technology in its own folder only', () => {
    expect(breach('server/adapters/elasticsearch/store.ts', '@elastic/elasticsearch')).toBeUndefined();
    expect(breach('server/app.ts', '@elastic/elasticsearch')).toContain('may not import');
    expect(breach('server/adapters/embedded/store.ts', '@photostructure/sqlite')).toContain('may not import');
    expect(breach('server/cli/check.ts', 'node:sqlite')).toContain('may not import');
    expect(breach('server/adapters/workers/cut.ts', 'nodejieba')).toContain('may not import');
  });

  test('sees every way to import, also types and in components', () => {
    const code = `import type { A } from './a.ts'; export * from './b.ts'; import './c.css'; const d = await import('./d.ts');`;
    expect(importsOf('x.ts', code)).toEqual(['./a.ts', './b.ts', './c.css', './d.ts']);
    expect(importsOf('X.svelte', `<script lang="ts">import type { E } from '../e.ts';</script><p>'from'</p>`)).toEqual([
      '../e.ts',
    ]);
  });

  test('allows what it should', () => {
    expect(breach('server/adapters/embedded/store.ts', '../sqlite/open-db.ts')).toBeUndefined();
    expect(breach('pipelines/4-watch/detect.ts', '../stage.ts')).toBeUndefined();
    expect(breach('web/src/wall/Wall.svelte', '../../../server/contract/http.ts')).toBeUndefined();
    expect(breach('server/app.ts', './adapters/elasticsearch/store.ts')).toBeUndefined();
  });
});
