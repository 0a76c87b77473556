import type { Viewer } from '../pipelines/domain/person.ts';
import type { SettingKind, SettingVersion } from '../pipelines/domain/settings.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { SettingsBook } from '../pipelines/ports/settings-book.ts';
import type { VersionRow } from './contract/settings.ts';

export interface SettingParts {
  readonly book: SettingsBook;
  readonly clock: Clock;
  readonly kind: SettingKind;
  /** The text in force now, as the file or the machine's own setting has it; null: none. */
  readonly current: () => string | null;
  /** What a text says, a line a thing, so that two can be compared. */
  readonly lines: (body: string | null) => readonly string[];
}

const SHOWN = 50;
const LINES_SHOWN = 12;
const ELSEWHERE = '页面之外';

/** One setting with its versions: what stands, who changed what, and how it is changed without losing what stood before. */
export class Setting {
  readonly #parts: SettingParts;

  constructor(parts: SettingParts) {
    this.#parts = parts;
  }

  /** Number of the newest version; 0 before the first. */
  get last(): number {
    return this.#newest?.n ?? 0;
  }

  get #newest(): SettingVersion | undefined {
    return this.#parts.book.newest(this.#parts.kind);
  }

  /** Somebody edited the file by hand, or the machine's own setting changed, since the newest version. */
  get changedElsewhere(): boolean {
    const newest = this.#newest;
    return newest !== undefined && newest.body !== this.#parts.current();
  }

  get(n: number): SettingVersion | undefined {
    const found = this.#parts.book.get(n);
    return found?.kind === this.#parts.kind ? found : undefined;
  }

  /** Newest first. @param sees the lines that may be seen; a version without one is left out */
  versions(sees: (line: string) => boolean = everything): VersionRow[] {
    const held = this.#parts.book.list(this.#parts.kind, SHOWN + 1);
    return held.slice(0, SHOWN).flatMap((version, at) => {
      const row = this.#row(version, held[at + 1]?.body ?? null, sees);
      return row.added.length + row.removed.length > 0 || sees === everything ? [row] : [];
    });
  }

  /**
   * Keeps a new text. What stands now and is in no version is kept first, so that one can go back to it too.
   * @returns the version, or what stands where somebody was quicker
   */
  keep(
    { name }: Viewer,
    given: { readonly seen: number; readonly why: string; readonly body: string | null; readonly restores?: number },
  ): { readonly kept: SettingVersion } | { readonly meanwhile: VersionRow } {
    const { book, clock, kind, current } = this.#parts;
    const [at, stands, newest] = [clock.now(), current(), this.#newest];
    const isKnown = newest !== undefined && newest.body === stands;
    const outcome = book.keep(given.seen, [
      ...(isKnown ? [] : [{ kind, at, by: ELSEWHERE, why: '在此之前的内容', body: stands, restores: null }]),
      { kind, at, by: name, why: given.why, body: given.body, restores: given.restores ?? null },
    ]);
    if ('meanwhile' in outcome) return { meanwhile: this.#row(outcome.meanwhile, outcome.meanwhile.body, everything) };
    const kept = outcome.kept.at(-1);
    if (kept === undefined) throw new Error(`the book kept no version of ${kind}`);
    return { kept };
  }

  #row(version: SettingVersion, before: string | null, sees: (line: string) => boolean): VersionRow {
    const { n, at, by, why, restores, body } = version;
    const added = missing(this.#parts.lines(body), this.#parts.lines(before)).filter(sees);
    const removed = missing(this.#parts.lines(before), this.#parts.lines(body)).filter(sees);
    return {
      ...{ n, by, why, restores, at: new Date(at).toISOString() },
      added: added.slice(0, LINES_SHOWN),
      removed: removed.slice(0, LINES_SHOWN),
      more: Math.max(0, added.length - LINES_SHOWN) + Math.max(0, removed.length - LINES_SHOWN),
    };
  }
}

export const everything = (): boolean => true;

/** Lines of one that the other lacks. */
export function missing(one: readonly string[], other: readonly string[]): string[] {
  const has = new Set(other);
  return one.filter((line) => !has.has(line));
}
