/** One thing a person asks for, as they typed it; `exact`: it stood between quotation marks. */
export interface TypedTerm {
  readonly text: string;
  readonly exact: boolean;
}

export interface TypedQuestion {
  /** All must hold; each holds where one of its terms occurs. */
  readonly all: readonly (readonly TypedTerm[])[];
  readonly none: readonly TypedTerm[];
}

/** A term cut into search words (search-words.ts); it occurs where all of them do, and where `written` stands in title or text sign for sign. */
export interface AskedTerm {
  readonly words: readonly string[];
  readonly written?: string;
}

/** What the words of a search mean, the same in every store. A term of no words and nothing written is left out. */
export interface AskedWords {
  readonly all: readonly (readonly AskedTerm[])[];
  readonly none: readonly AskedTerm[];
}

/** A minus before a word, quotation marks of three kinds (one that is never closed goes to the end), a bar between words. */
const ATOM = /([-－]?)(?:"([^"]*)"?|“([^”]*)”?|「([^」]*)」?|([^\s|｜"“「]+))|([|｜])|\s+/gu;

/**
 * Reads what is typed into the search: words with blanks between must all occur, `-词` must not, `"…"` stands there sign for sign,
 * `甲|乙` is one of them. Anything can be typed; what says nothing asks nothing.
 */
export function readTyped(typed: string): TypedQuestion {
  const all: TypedTerm[][] = [];
  const none: TypedTerm[] = [];
  let goesOn = false;
  for (const [, minus, straight, curly, corner, bare, bar] of typed.matchAll(ATOM)) {
    if (bar !== undefined) {
      goesOn = all.length > 0;
      continue;
    }
    const quoted = straight ?? curly ?? corner;
    const text = (quoted ?? bare ?? '').trim();
    if (text === '') continue;
    const term = { text, exact: quoted !== undefined };
    if (minus !== '') none.push(term);
    else if (goesOn) all.at(-1)?.push(term);
    else all.push([term]);
    goesOn = false;
  }
  return { all, none };
}
