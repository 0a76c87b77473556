/**
 * Who may import whom is the law of test/architecture.test.ts; this finds what a file by file law cannot: cycles,
 * also those made of types only, and modules that cannot be resolved or that production code takes from devDependencies.
 * A picture: npx depcruise --config .dependency-cruiser.cjs --output-type mermaid --collapse 2 pipelines server mappings
 */
module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^node:sqlite$' } },
    {
      name: 'no-dev-dependency-in-production',
      severity: 'error',
      from: { path: '^(pipelines|server|mappings)' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm', 'npm-optional'] },
    },
    { name: 'nobody-imports-tests', severity: 'error', from: { pathNot: '^test' }, to: { path: '^test' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.svelte', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'node', 'default', 'types'],
    },
  },
};
