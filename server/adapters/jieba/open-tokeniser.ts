import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tokeniser } from '../../../pipelines/ports/tokeniser.ts';
import { tidyTokens } from './tidy-tokens.ts';
import { userDictionary, userWords } from './user-dictionary.ts';

export const PROVIDERS = ['nodejieba', 'node-rs'] as const;
export type Provider = (typeof PROVIDERS)[number];

type CutAll = (text: string) => string[];

const require = createRequire(import.meta.url);

/** nodejieba's dictionary; its own name for the file is missing from its types. */
const OWN_DICTIONARY = 'nodejieba/submodules/cppjieba/dict/jieba.dict.utf8';

function versionOf(packageName: string): string {
  const manifest: unknown = require(`${packageName}/package.json`);
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
  throw new Error(`${packageName} has no version in its package.json: reinstall it`);
}

/** nodejieba keeps one dictionary for the whole thread: which one it is. */
let held: string | undefined;

async function openNodejieba(words: readonly string[]): Promise<CutAll> {
  const { default: jieba } = await import('nodejieba');
  // The second argument switches the HMM on; without it addresses and new names fall into single characters.
  const cut: CutAll = (text) => jieba.cut(text, true);
  const dictionary = hashOf(words);
  if (held === dictionary) return cut;
  if (held !== undefined) {
    throw new Error('nodejieba already serves another user dictionary in this thread: open one tokeniser and share it');
  }
  const folder = mkdtempSync(join(tmpdir(), 'wenbida-words-'));
  try {
    const userDict = join(folder, 'words.txt');
    writeFileSync(userDict, userDictionary(words, readFileSync(require.resolve(OWN_DICTIONARY), 'utf8')));
    // Keyword extraction is not used: its tables would take 20 MB a thread.
    const none = join(folder, 'none.txt');
    writeFileSync(none, '的 1\n');
    jieba.load({ userDict, idfDict: none, stopWordDict: none });
  } finally {
    rmSync(folder, { recursive: true });
  }
  held = dictionary;
  return cut;
}

async function openNodeRs(words: readonly string[]): Promise<CutAll> {
  const [{ Jieba }, { dict }] = await Promise.all([import('@node-rs/jieba'), import('@node-rs/jieba/dict.js')]);
  const jieba = Jieba.withDict(dict);
  jieba.loadDict(Buffer.from(userDictionary(words, new TextDecoder().decode(dict))));
  return (text) => jieba.cut(text, true);
}

/** Names the dictionary: the same words in any order give the same 12 hex digits. */
const hashOf = (words: readonly string[]): string =>
  createHash('sha256').update(words.join('\n')).digest('hex').slice(0, 12);

/** provider@version+hash of the user dictionary: what openTokeniser will say, without opening anything. */
export function stampOf(provider: Provider, words: readonly string[]): string {
  const version = versionOf(provider === 'nodejieba' ? 'nodejieba' : '@node-rs/jieba');
  return `${provider}@${version}+${hashOf(userWords(words))}`;
}

/**
 * Opens one provider for this thread. Each thread that calls it holds its own dictionary (nodejieba about 250 MB,
 * node-rs about 80 MB), so a thread should open one tokeniser and share it.
 *
 * @param words the user dictionary, such as the gazetteer's place names; blanks and doubles are left out.
 * @param prefer tried first; without it nodejieba, then node-rs where nodejieba could not be compiled.
 * @throws Error where neither provider can be loaded, or the preferred one cannot.
 */
export async function openTokeniser(words: readonly string[], prefer?: Provider): Promise<Tokeniser> {
  const dictionary = userWords(words);
  const failures: unknown[] = [];
  for (const provider of prefer === undefined ? PROVIDERS : [prefer]) {
    try {
      const cutAll = provider === 'nodejieba' ? await openNodejieba(dictionary) : await openNodeRs(dictionary);
      return {
        provider,
        stamp: stampOf(provider, words),
        cut: (text) => (text === '' ? [] : tidyTokens(cutAll(text))),
      };
    } catch (failure) {
      failures.push(failure);
    }
  }
  throw new AggregateError(
    failures,
    `no tokeniser could be loaded (${prefer ?? PROVIDERS.join(', ')}): run "npm rebuild nodejieba" or reinstall @node-rs/jieba`,
  );
}
