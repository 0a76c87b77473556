/** The kinds of malformed input, each as one line between two good ones. Every text is invented. */
export const TIME = '2026-11-20T21:03:05+08:00';
export const GOOD = JSON.stringify({ id: 'good', text: '路灯坏了', time: TIME });

/** One row of JSON around a good post's fields. */
export const row = (fields: Record<string, unknown>): string =>
  JSON.stringify({ id: 'odd', text: '西关外又停水了', time: TIME, ...fields });
const written = (fields: string): string => `{"id":"odd","text":"停水","time":"${TIME}",${fields}}`;

export type Outcome = 'accepted' | 'rejected' | 'none';
export interface Kind {
  readonly kind: string;
  /** The odd line; it stands between two good ones. */
  readonly line: string | Buffer;
  readonly outcome: Outcome;
  /** Part of the reason, or of a repair. */
  readonly says?: string;
}
const rejected = (kind: string, line: string | Buffer, says: string): Kind => ({
  kind,
  line,
  outcome: 'rejected',
  says,
});
const accepted = (kind: string, line: string | Buffer, says?: string): Kind => ({
  kind,
  line,
  outcome: 'accepted',
  ...(says !== undefined && { says }),
});

export const KINDS: readonly Kind[] = [
  // bytes
  accepted('a byte order mark within the file', `\uFEFF${row({})}`),
  rejected('a line of GBK in UTF-8', Buffer.from([0x7b, 0x22, 0xc2, 0xb7, 0xb5, 0xc6, 0x22, 0x7d]), 'UTF-8'),
  rejected('cut UTF-8', Buffer.concat([Buffer.from(row({}).slice(0, -2)), Buffer.from([0xe5, 0x81])]), 'UTF-8'),
  rejected('overlong UTF-8', Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xc0, 0xaf])]), 'UTF-8'),
  rejected(
    'CESU-8',
    Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80])]),
    'UTF-8',
  ),
  rejected('a zero byte outside a string', `${row({})}\0`, 'JSON'),
  accepted('an escaped zero in the text', row({ text: '停\u0000水' }), '控制字符'),
  accepted('C1 controls', row({ text: '停\u0085水\u009f' }), '控制字符'),
  accepted('a lone surrogate', written('"title":"\\ud800停"'), '残缺'),
  accepted('U+FFFE', row({ text: '停\ufffe水' }), '控制字符'),
  rejected('a line of 10 MB', row({ text: '水'.repeat(4_000_000) }), 'MB'),
  // JSON
  rejected('cut JSON', row({}).slice(0, -5), 'JSON'),
  rejected('a comma before the end', row({}).replace(/}$/, ',}'), 'JSON'),
  accepted('a carriage return', `${row({})}\r`),
  { kind: 'a blank line', line: '   ', outcome: 'none' },
  accepted('a key twice: the last counts', `{"text":"一","id":"odd","text":"二","time":"${TIME}"}`),
  rejected('__proto__', written('"__proto__":{"admin":true}'), '__proto__'),
  rejected('constructor', written('"constructor":{"prototype":{}}'), 'constructor'),
  rejected('__proto__ inside author', written('"author":{"__proto__":{}}'), '__proto__'),
  rejected('depth of 100,000', `{"text":${'['.repeat(100_000)}${']'.repeat(100_000)},"id":1,"time":1}`, 'text'),
  rejected('a number beyond all numbers', written('"counts":{"like":1e400}'), 'counts.like'),
  rejected('NaN', written('"counts":{"like":NaN}'), 'JSON'),
  rejected('an id of 19 digits as a number', `{"id":4891234567890123456,"text":"停水","time":"${TIME}"}`, '字符串'),
  rejected('an array', `[${row({})}]`, '对象'),
  rejected('a string', '"停水"', '对象'),
  rejected('null', 'null', '对象'),
  rejected('HTML', '<!DOCTYPE html><html><body>502</body></html>', 'JSON'),
  // fields
  rejected('no id', `{"text":"停水","time":"${TIME}"}`, '缺少 id'),
  rejected('an empty id', row({ id: ' ' }), '缺少 id'),
  rejected('an id as an object', row({ id: {} }), 'id'),
  rejected('an id of 201 characters', row({ id: 'a'.repeat(201) }), '200'),
  rejected('a control character in the id', row({ id: 'a\u0007' }), 'id'),
  accepted('an id as a number', row({ id: 42 })),
  rejected('no text', `{"id":"odd","time":"${TIME}"}`, '缺少 text'),
  rejected('an empty text', row({ text: '' }), '空'),
  rejected('a text of blanks', row({ text: ' \u3000\u200b\n' }), '空'),
  rejected('a text as an object', row({ text: { a: 1 } }), '字符串'),
  rejected('a text as null', row({ text: null }), '缺少 text'),
  accepted('a very long text', row({ text: '水'.repeat(30_000) }), '20000'),
  accepted('no author', row({ author: null })),
  rejected('an author as a name', row({ author: '张三' }), 'author'),
  rejected('an unknown kind of author', row({ author: { kind: 'robot' } }), 'author.kind'),
  rejected('an unknown kind', row({ kind: 'video' }), 'kind'),
  rejected('an unknown key', row({ nickname: '张三' }), 'nickname'),
  accepted('epoch seconds', row({ time: 1_795_000_000 }), '按秒'),
  accepted('epoch milliseconds as a string', row({ time: '1795000000000' }), '按毫秒'),
  rejected('epoch microseconds', row({ time: 1_795_000_000_000_000 }), '微秒'),
  rejected('words for a time', row({ time: '3分钟前' }), '相对时间'),
  rejected('today', row({ time: '今天 08:30' }), '相对时间'),
  accepted('a time without zone', row({ time: '2026-11-20 21:03' }), '北京时间'),
  rejected('1970', row({ time: 0 }), '2000'),
  rejected('the year 9999', row({ time: '9999-12-31T00:00:00Z' }), '晚一天'),
  rejected('30 February', row({ time: '2026-02-30 10:00' }), '不存在'),
  accepted('a count in 万', row({ counts: { like: '1.2万' } }), '12000'),
  rejected('a negative count', row({ counts: { like: -1 } }), '负数'),
  rejected('a count in words', row({ counts: { like: '很多' } }), 'counts.like'),
  rejected('counts as a list', row({ counts: [1] }), 'counts'),
  rejected('topics as a word', row({ topics: '停水' }), 'topics'),
  // unicode and markup: taken as they are
  accepted('right-to-left override', row({ text: '停水\u202e了' })),
  accepted('joiners without end', row({ text: `停水${'\u200d'.repeat(5_000)}` })),
  accepted('ten thousand combining marks', row({ text: `停${'\u0301'.repeat(10_000)}` })),
  accepted('an image that runs a script', row({ text: '<img src=x onerror=alert(1)>' })),
  accepted('entities twice', row({ text: '&amp;lt;停水&amp;gt;' })),
  accepted('a script for a link', row({ url: 'javascript:alert(1)' }), 'url'),
  accepted('data for a link', row({ url: 'data:text/html,x' }), 'url'),
];
