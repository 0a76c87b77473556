import { readFileSync } from 'node:fs';
import { DUTIES, isDuty } from '../../../pipelines/domain/duty.ts';
import { NEEDS, type NeedKind } from '../../../pipelines/domain/post.ts';
import type { OwnCase, OwnWords, WordGroup } from '../../../pipelines/domain/own-words.ts';
import type { Cue } from '../../../pipelines/ports/weights.ts';

/** An office's own words and cases: docs/needs-and-duty.md. */
export interface Taxonomy {
  readonly file: string;
  readonly text: string;
  /** Words to add, or to weigh anew; weight 0 takes a released word away. */
  readonly words: readonly Cue[];
  readonly cases: readonly OwnCase[];
  readonly about?: string;
}

const LIFE = { sure: 'life', maybe: 'life.maybe', against: 'life.lower' } as const;
const KEYS = ['about', 'duty', 'need', 'lifeAtRisk', 'rumor', 'cases'] as const;
const MOST = 5;
const LONGEST = 16;

/** Which label each group of words speaks for, by the key it stands under. */
const GROUPS: Readonly<Record<'duty' | 'need' | 'lifeAtRisk', ReadonlyMap<string, string>>> = {
  duty: new Map(DUTIES.map((duty) => [duty, `duty.${duty}`])),
  need: new Map(NEEDS.map((need) => [need, `need.${need}`])),
  lifeAtRisk: new Map(Object.entries(LIFE)),
};

type Entries = Readonly<Record<string, unknown>>;
const isEntries = (value: unknown): value is Entries =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws Error in one sentence that names the file and the entry. */
export function readTaxonomy(file: string): Taxonomy {
  try {
    return parseTaxonomy(file, readFileSync(file, 'utf8'));
  } catch (cause) {
    if (cause instanceof Error && !('code' in cause)) throw cause;
    throw new Error(`The taxonomy ${file} cannot be read: make it readable, or unset WENBIDA_TAXONOMY.`, { cause });
  }
}

/** @param file how the text is named in errors. @throws Error in one sentence that names the file and the entry. */
export function parseTaxonomy(file: string, text: string): Taxonomy {
  const refuse = (entry: string, because: string): never => {
    throw new Error(`${file}: ${entry} ${because}.`);
  };
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is not JSON: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause });
  }
  if (!isEntries(content)) return refuse('the file', 'must be {"duty": …, "cases": […]}');
  for (const key of Object.keys(content))
    if (!(KEYS as readonly string[]).includes(key)) refuse(`"${key}"`, `is not known; there are ${KEYS.join(', ')}`);
  const words: Cue[] = [];
  for (const key of ['duty', 'need', 'lifeAtRisk'] as const) {
    const groups = content[key] ?? {};
    if (!isEntries(groups)) return refuse(key, 'must be {"name": {"word": weight}}');
    for (const [name, group] of Object.entries(groups)) {
      const label = GROUPS[key].get(name);
      if (label === undefined)
        return refuse(`${key}.${name}`, `is not known; there are ${[...GROUPS[key].keys()].join(' ')}`);
      words.push(...readWords(`${key}.${name}`, label, group, refuse));
    }
  }
  words.push(...readWords('rumor', 'rumor', content['rumor'] ?? {}, refuse));
  const about = content['about'];
  return {
    file,
    text,
    words,
    cases: readCases(content['cases'] ?? [], refuse),
    ...(typeof about === 'string' ? { about } : {}),
  };
}

function readWords(
  entry: string,
  label: string,
  group: unknown,
  refuse: (entry: string, because: string) => never,
): Cue[] {
  if (!isEntries(group)) return refuse(entry, 'must be {"word": weight}');
  return Object.entries(group).map(([word, weight]): Cue => {
    if (word.length < 2 || word.length > LONGEST) refuse(`${entry}.${word}`, `must have 2 to ${LONGEST} signs`);
    if (typeof weight !== 'number' || !(Math.abs(weight) <= MOST))
      return refuse(`${entry}.${word}`, `needs a weight from -${MOST} to ${MOST}; 0 takes the word away`);
    return { word, label, weight };
  });
}

function readCases(rows: unknown, refuse: (entry: string, because: string) => never): OwnCase[] {
  if (!Array.isArray(rows)) return refuse('cases', 'must be a list of {"text", "duty"?, "need"?, "lifeAtRisk"?}');
  return rows.map((row: unknown, at): OwnCase => {
    const entry = `cases[${at}]`;
    if (!isEntries(row) || typeof row['text'] !== 'string' || row['text'] === '')
      return refuse(entry, 'needs a "text"');
    const { text, duty, need, lifeAtRisk } = row;
    const duties = duty === undefined || Array.isArray(duty) ? duty : [duty];
    if (duties !== undefined && !duties.every(isDuty)) return refuse(`${entry}.duty`, `must be of ${DUTIES.join(' ')}`);
    if (need !== undefined && need !== null && !(NEEDS as readonly unknown[]).includes(need))
      return refuse(`${entry}.need`, `must be null or of ${NEEDS.join(' ')}`);
    if (lifeAtRisk !== undefined && typeof lifeAtRisk !== 'boolean')
      return refuse(`${entry}.lifeAtRisk`, 'must be true or false');
    if (duties === undefined && need === undefined && lifeAtRisk === undefined)
      return refuse(entry, 'asks nothing: give it a "duty", a "need" or "lifeAtRisk"');
    return {
      text,
      ...(duties === undefined ? {} : { duty: duties }),
      ...(need === undefined ? {} : { need: need as NeedKind | null }),
      ...(lifeAtRisk === undefined ? {} : { lifeAtRisk }),
    };
  });
}

const NAMED: ReadonlyMap<string, readonly [group: WordGroup, name: string]> = new Map<
  string,
  readonly [WordGroup, string]
>([
  ...(['duty', 'need', 'lifeAtRisk'] as const).flatMap((group) =>
    [...GROUPS[group]].map(([name, label]) => [label, [group, name]] as const),
  ),
  ['rumor', ['rumor', '']],
]);

/** The same as a list of entries, for a page to edit. */
export const ownWordsOf = ({ words, cases, about }: Taxonomy): OwnWords => ({
  ...(about === undefined ? {} : { about }),
  words: words.flatMap(({ label, word, weight }) => {
    const [group, name] = NAMED.get(label) ?? [];
    return group === undefined || name === undefined ? [] : [{ group, name, word, weight }];
  }),
  cases,
});

/** The file that a list of entries makes; what it says reads back the same. */
export function writeTaxonomy({ about, words, cases }: OwnWords): string {
  const under = (group: Exclude<WordGroup, 'rumor'>): Record<string, Record<string, number>> => {
    const names: Record<string, Record<string, number>> = {};
    for (const { name, word, weight } of words.filter((each) => each.group === group))
      (names[name] ??= {})[word] = weight;
    return names;
  };
  const rumor = Object.fromEntries(
    words.filter(({ group }) => group === 'rumor').map(({ word, weight }) => [word, weight]),
  );
  const file = {
    ...(about === undefined ? {} : { about }),
    ...{ duty: under('duty'), need: under('need'), lifeAtRisk: under('lifeAtRisk'), rumor, cases },
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** The released cue words with the office's on top. @throws Error where it takes away a word that is not there. */
export function withTaxonomy(cues: readonly Cue[], { file, words }: Taxonomy): Cue[] {
  const keyOf = (cue: Cue): string => `${cue.label}\u0000${cue.word}`;
  const released = new Set(cues.map(keyOf));
  for (const cue of words)
    if (cue.weight === 0 && !released.has(keyOf(cue)))
      throw new Error(`${file}：“${cue.word}”不在 ${cue.label} 的出厂词里，没有什么可取消`);
  const own = new Set(words.map(keyOf));
  return [...cues.filter((cue) => !own.has(keyOf(cue))), ...words.filter((cue) => cue.weight !== 0)];
}
