import { describe, expect, test } from 'vitest';
import { detectEncoding } from '../../../pipelines/0-source/encoding.ts';
import { jsonLines } from '../../../pipelines/0-source/jsonl.ts';
import { byteLines } from '../../../pipelines/0-source/lines.ts';

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('lines', () => {
  const text = '{"a":"停水"}\r\n\n{"a":"😀"}\n{"a":"尾"}';

  test.each([1, 2, 3, 7, 1_000])('are the same in pieces of %i bytes', async (size) => {
    const lines: string[] = [];
    for await (const { row, bytes } of byteLines(pieces(Buffer.from(text), size)))
      lines.push(`${row}:${bytes.toString()}`);
    expect(lines).toEqual(['1:{"a":"停水"}', '2:', '3:{"a":"😀"}', '4:{"a":"尾"}']);
  });

  test('a line that is too long is named and not kept; its neighbours are read', async () => {
    const rows = [];
    const long = Buffer.concat([Buffer.from('{"a":1}\n'), Buffer.alloc(300_000, 0x61), Buffer.from('\n{"a":2}\n')]);
    for await (const row of jsonLines(pieces(long, 100), 1_000)) rows.push(row);
    expect(rows.map((row) => [row.row, 'value' in row ? row.value : row.broken.slice(0, 5)])).toEqual([
      [1, { a: 1 }],
      [2, '这一行超过'],
      [3, { a: 2 }],
    ]);
    expect(rows[1]?.raw.length).toBeLessThanOrEqual(64 * 1024);
  });
});

describe('encodings', () => {
  test('one bad line among good UTF-8 does not make the file GB18030', () => {
    const good = Buffer.from('{"text":"停水了"}\n');
    expect(detectEncoding(Buffer.concat([good, Buffer.from([0xc2, 0xb7, 0xb5, 0xc6, 0x0a]), good]))).toBe('utf-8');
  });

  test('a head that ends within a character is still UTF-8', () => {
    expect(detectEncoding(Buffer.from('停水了').subarray(0, 8))).toBe('utf-8');
  });

  test('ASCII is UTF-8, and nothing at all too', () => {
    expect(detectEncoding(Buffer.from('{"a":1}'))).toBe('utf-8');
    expect(detectEncoding(Buffer.alloc(0))).toBe('utf-8');
  });
});
