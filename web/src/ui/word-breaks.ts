/** Where a title may break: between words, so that a word never splits over two lines. */
const segmenter = new Intl.Segmenter('zh-CN', { granularity: 'word' });

export const wordBreaks = (text: string): readonly string[] =>
  [...segmenter.segment(text)].map(({ segment }) => segment);
