import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import regexp from 'eslint-plugin-regexp';
import globals from 'globals';
import ts from 'typescript-eslint';

const askTheClock = 'Ask a Clock (pipelines/ports/clock.ts); only server/adapters/system-clock.ts asks the machine.';

export default ts.config(
  { ignores: ['dist/', 'var/', 'coverage/', 'web/dist/', '**/.svelte-check/', 'test/elasticsearch/target/'] },
  js.configs.recommended,
  ...ts.configs.recommendedTypeChecked,
  ...svelte.configs['flat/recommended'],
  {
    languageOptions: {
      globals: globals.node,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      eqeqeq: 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: askTheClock },
        { selector: "CallExpression[callee.name='Date']", message: askTheClock },
        { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: askTheClock },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      // State holds read-only sets and maps that are replaced, never changed in place, so plain ones are right and cheaper.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  { files: ['web/**'], languageOptions: { globals: globals.browser } },
  // Chart.js and socket.io declare plain callbacks as methods.
  { files: ['web/**', 'test/**'], rules: { '@typescript-eslint/unbound-method': 'off' } },
  {
    files: ['server/adapters/system-clock.ts', 'bench/**', 'learning/**', 'test/**'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  // Fastify's hooks and routes are async by contract, also where nothing is awaited.
  { files: ['server/**', 'test/**'], rules: { '@typescript-eslint/require-await': 'off' } },
  // A text written to be slow must cost no more than its length: every regular expression is linear.
  {
    files: ['pipelines/**', 'mappings/**', 'server/**', 'web/src/**'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignorePartial: false }],
    },
  },
  { files: ['**/*.js', '**/*.cjs'], ...ts.configs.disableTypeChecked },
);
