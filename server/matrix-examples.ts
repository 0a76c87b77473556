import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAccounts } from './adapters/accounts/read-accounts.ts';
import type { ExampleRow } from './contract/matrix.ts';
import { packageRoot } from './package-root.ts';

/** The ready matrices of accounts/examples, in the order they are offered. */
const EXAMPLES = [
  ['general', '市、区县、街道'],
  ['police', '公安'],
  ['environment', '生态环境'],
  ['tourism', '文旅'],
] as const;

const fileOf = (id: string): string => join(packageRoot(), 'accounts', 'examples', `${id}.json`);

export const listExamples = (): readonly ExampleRow[] =>
  EXAMPLES.map(([id, name]) => {
    const { about } = JSON.parse(readFileSync(fileOf(id), 'utf8')) as { about: string };
    return { id, name, about, accounts: readAccounts(fileOf(id)).length };
  });

/** Undefined for a name that is none of them; it never becomes a path. */
export function readExample(id: string): { readonly name: string; readonly bytes: Uint8Array } | undefined {
  const found = EXAMPLES.find(([known]) => known === id);
  return found === undefined ? undefined : { name: found[1], bytes: readFileSync(fileOf(found[0])) };
}
