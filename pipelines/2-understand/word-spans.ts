/** Words that only hold a sentence together: they weigh something to a model and say nothing to a reader. */
const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  (
    '我们 你们 他们 她们 咱们 大家 自己 别人 这个 那个 这些 那些 这样 那样 这么 那么 这边 那边 这里 那里 这种 那种 一个 一些 一下 ' +
    '一点 一种 一次 一起 一直 已经 正在 现在 刚刚 刚才 今天 昨天 明天 今晚 晚上 就是 还是 不是 只是 都是 也是 可是 但是 而且 ' +
    '因为 所以 如果 虽然 然后 以后 之后 以前 什么 怎么 为什么 多少 哪里 可以 能够 不能 不会 没有 有人 有点 看到 知道 觉得 ' +
    '的话 其实 果然 终于 结果 时候 这次 上次 每天 一天 跟着 一句 事是 点个 个人'
  ).split(' '),
);

/**
 * Which stretches of a text are whole words of at least two signs that say something, by its tokens. Reads lazily: most posts are never
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
      if (token.length >= 2 && !FUNCTION_WORDS.has(token)) this.#ends.set(at, from);
    }
  }
}
