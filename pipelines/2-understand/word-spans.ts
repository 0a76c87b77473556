/**
 * Which stretches of a text are whole words of at least two signs, by its tokens. Reads lazily: most posts are never
 * asked. One per thread, used again for every post.
 */
export class WordSpans {
  #text = '';
  #tokens: readonly string[] | undefined;
  /** By begin: the end of the word that begins there. */
  readonly #ends = new Map<number, number>();
  #isRead = false;

  /** @param tokens the words of the text in order, or undefined where nobody cut it: then nothing counts as a word */
  take(text: string, tokens: readonly string[] | undefined): void {
    this.#text = text;
    this.#tokens = tokens;
    this.#isRead = false;
  }

  /** Offsets in UTF-16 units, end exclusive. */
  isWord(start: number, end: number): boolean {
    if (!this.#isRead) this.#read();
    return this.#ends.get(start) === end;
  }

  #read(): void {
    this.#isRead = true;
    this.#ends.clear();
    let from = 0;
    for (const token of this.#tokens ?? []) {
      const at = this.#text.startsWith(token, from) ? from : this.#text.indexOf(token, from);
      if (at < 0) continue;
      from = at + token.length;
      if (token.length >= 2) this.#ends.set(at, from);
    }
  }
}
