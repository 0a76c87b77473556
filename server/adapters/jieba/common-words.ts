import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
/** As in open-tokeniser.ts; where nodejieba is not installed, the other provider's own. */
const NODEJIEBA = 'nodejieba/submodules/cppjieba/dict/jieba.dict.utf8';

async function ownDictionary(): Promise<string> {
  try {
    return readFileSync(require.resolve(NODEJIEBA), 'utf8');
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    const { dict } = await import('@node-rs/jieba/dict.js');
    return new TextDecoder().decode(dict);
  }
}

/** Which of these the tokeniser's own dictionary has as words that name no place (any tag but ns). Reads 5 MB: not for every post. */
export async function commonWordsAmong(names: readonly string[]): Promise<ReadonlySet<string>> {
  const wanted = new Set(names);
  const found = new Set<string>();
  if (wanted.size === 0) return found;
  for (const line of (await ownDictionary()).split('\n')) {
    const [word = '', , tag = ''] = line.trim().split(' ');
    if (wanted.has(word) && !tag.startsWith('ns')) found.add(word);
  }
  return found;
}
