import { wordLine, type OwnCase, type OwnWord } from '../../../pipelines/domain/own-words.ts';
import type { OwnWordsBody } from '../../../server/contract/settings.ts';

/** What somebody is changing in the words and cases of an office; nothing of it is in force. */
export class TaxonomyDraft {
  added = $state.raw<readonly OwnWord[]>([]);
  removed = $state.raw<ReadonlySet<string>>(new Set());
  addedCases = $state.raw<readonly OwnCase[]>([]);
  removedCases = $state.raw<ReadonlySet<string>>(new Set());
  readonly size = $derived.by(
    () => this.added.length + this.removed.size + this.addedCases.length + this.removedCases.size,
  );

  /** The same word under the same heading is weighed anew. */
  add(word: OwnWord, stands: readonly OwnWord[]): void {
    const isSame = (other: OwnWord): boolean =>
      other.group === word.group && other.name === word.name && other.word === word.word;
    const earlier = stands.filter(isSame).map(wordLine);
    this.removed = new Set([...this.removed, ...earlier]);
    this.added = [...this.added.filter((other) => !isSame(other)), word];
  }

  /** Takes a word out, or lets it stay after all. */
  toggle(word: OwnWord): void {
    const line = wordLine(word);
    if (this.added.includes(word)) this.added = this.added.filter((other) => other !== word);
    else this.removed = toggled(this.removed, line);
  }

  addCase(one: OwnCase): void {
    this.addedCases = [...this.addedCases.filter(({ text }) => text !== one.text), one];
  }

  toggleCase(one: OwnCase): void {
    if (this.addedCases.includes(one)) this.addedCases = this.addedCases.filter((other) => other !== one);
    else this.removedCases = toggled(this.removedCases, one.text);
  }

  clear(): void {
    this.added = [];
    this.removed = new Set();
    this.addedCases = [];
    this.removedCases = new Set();
  }

  /** What would be in force. A case of the same sentence is asked anew. */
  over({ about, words, cases }: OwnWordsBody): OwnWordsBody {
    const asked = new Set(this.addedCases.map(({ text }) => text));
    return {
      ...(about === undefined ? {} : { about }),
      words: [...words.filter((word) => !this.removed.has(wordLine(word))), ...this.added],
      cases: [
        ...cases.filter(({ text }) => !this.removedCases.has(text) && !asked.has(text)),
        ...this.addedCases.map(({ duty, ...rest }) => ({
          ...rest,
          ...(duty === undefined ? {} : { duty: [...duty] }),
        })),
      ],
    };
  }
}

function toggled(set: ReadonlySet<string>, one: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
}
