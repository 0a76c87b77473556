import { SaxesParser } from 'saxes';

/** A cell holds 32,767 characters; what is longer than this between two tags is no cell. */
const LONGEST_PIECE = 1024 * 1024;

export interface XmlEvents {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

/**
 * Reads XML as a stream and yields after each chunk, so that what the events gathered can be handed on. Documents with a DTD are
 * refused, so nothing is ever expanded; a piece longer than 1 MB is refused before it is held.
 */
export async function* readXml(bytes: AsyncIterable<Buffer>, events: XmlEvents): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let since = 0;
  parser.on('doctype', () => {
    throw new Error('工作簿的 XML 带有 DTD，不读');
  });
  parser.on('error', (error) => {
    throw new Error(`工作簿的 XML 已损坏（${error.message}）`);
  });
  parser.on('opentag', ({ name, attributes }) => events.open?.(local(name), attributes));
  parser.on('closetag', ({ name }) => events.close?.(local(name)));
  parser.on('text', (text) => events.text?.(text));
  parser.on('cdata', (text) => events.text?.(text));
  for await (const chunk of bytes) {
    const text = decoder.decode(chunk, { stream: true });
    const last = text.lastIndexOf('<');
    since = last === -1 ? since + text.length : text.length - last;
    if (since > LONGEST_PIECE) throw new Error('工作簿里有超过 1 MB 的一格，不读');
    parser.write(text);
    yield;
  }
  parser.write(decoder.decode()).close();
  yield;
}

/** x:row → row */
const local = (name: string): string => name.slice(name.indexOf(':') + 1);
