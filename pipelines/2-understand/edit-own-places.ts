/** One name of an office's own list, as its file has it. */
export interface PlaceEntry {
  /** Of the division it lies in: six or nine digits. */
  readonly code: string;
  readonly name: string;
  /** Also an ordinary word. */
  readonly wordy: boolean;
}

const isEntry = (line: string): boolean => line.trim() !== '' && !line.trim().startsWith('#');
const bare = (name: string): string => name.replace(/[?？]$/u, '');

/** Every name in a list that readOwnPlaces takes, in the order of its lines. */
export const entriesOf = (text: string): PlaceEntry[] =>
  text
    .replace(/^\uFEFF/u, '')
    .split('\n')
    .filter(isEntry)
    .flatMap((line) => {
      const [code = '', ...names] = line.trim().split(/\s+/u);
      return names.map((name) => ({ code, name: bare(name), wordy: name !== bare(name) }));
    });

/** How one name is written: 410311 彩虹? */
export const placeLine = ({ code, name, wordy }: PlaceEntry): string => `${code} ${name}${wordy ? '?' : ''}`;

/** The list with these names taken out and those added at its end; comments and all other lines stay as they are. */
export function editOwnPlaces(
  text: string,
  { add, remove }: { readonly add: readonly PlaceEntry[]; readonly remove: readonly string[] },
): string {
  const gone = new Set(remove);
  const kept = text.split('\n').flatMap((line) => {
    if (!isEntry(line)) return [line];
    const [code = '', ...names] = line.trim().split(/\s+/u);
    const left = names.filter((name) => !gone.has(bare(name)));
    if (left.length === names.length) return [line];
    return left.length === 0 ? [] : [[code, ...left].join(' ')];
  });
  while (kept.at(-1)?.trim() === '') kept.pop();
  return [...kept, ...add.map(placeLine), ''].join('\n');
}
