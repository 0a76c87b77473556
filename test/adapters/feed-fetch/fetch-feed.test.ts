import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isPublic, namedHosts, readAddress } from '../../../server/adapters/outbound/address.ts';
import { feedFetcher } from '../../../server/adapters/feed-fetch/fetch-feed.ts';
import { feedReceiver, rssOf, type FeedReceiver } from '../../seeds/feed-receiver.ts';

const MB = 1024 * 1024;
const NOW = Date.parse('2026-11-20T13:00:00Z');
let receiver: FeedReceiver;
beforeEach(async () => {
  receiver = await feedReceiver();
});
afterEach(() => receiver.close());

interface Asking {
  readonly named?: string;
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  readonly withinMs?: number;
  readonly mark?: { readonly etag?: string; readonly lastModified?: string };
}
/** Asks as the schedule does; every host resolves to this machine, and only feed.example is named, unless it is said otherwise. */
const ask = (url: string, { named = 'feed.example', resolve, withinMs, mark = {} }: Asking = {}) =>
  feedFetcher({
    clock: { now: () => NOW },
    named: namedHosts(named),
    mostBytes: 10 * MB,
    resolve: resolve ?? (() => Promise.resolve(['127.0.0.1'])),
    ...(withinMs !== undefined && { withinMs }),
  })(url, mark, new AbortController().signal);
const at = (path: string, host = 'feed.example'): string => `http://${host}:${receiver.port}${path}`;
const because = async (answer: ReturnType<typeof ask>): Promise<string> => {
  const given = await answer;
  return given.kind === 'failed' ? given.because : given.kind;
};

describe('a feed that answers', () => {
  test('gives its body, plain, packed on the way, or packed as a file', async () => {
    const body = rssOf(1);
    const packed = gzipSync(body);
    for (const [headers, sent] of [
      [{}, body],
      [{ 'content-encoding': 'gzip' }, packed],
      [{ 'content-type': 'application/gzip' }, packed],
    ] as const) {
      receiver.answer = (_, response) => void response.writeHead(200, headers).end(sent);
      const answer = await ask(at('/rss.xml'));
      expect(answer.kind === 'body' && Buffer.from(answer.body).toString()).toBe(body);
    }
  });

  test('is asked with the marks it gave, and with nothing about the deployment', async () => {
    receiver.answer = (request, response) => {
      if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"v1"', 'last-modified': 'Fri, 20 Nov 2026 12:00:00 GMT' }).end(rssOf(1));
    };
    const first = await ask(at('/rss.xml?k=1'));
    expect(first).toMatchObject({ kind: 'body', etag: '"v1"', lastModified: 'Fri, 20 Nov 2026 12:00:00 GMT' });
    expect(await ask(at('/rss.xml?k=1'), { mark: { etag: '"v1"' } })).toEqual({ kind: 'unchanged' });
    expect(receiver.asked.map(({ path }) => path)).toEqual(['/rss.xml?k=1', '/rss.xml?k=1']);
    expect(Object.keys(receiver.asked[0]?.headers ?? {}).sort()).toEqual([
      ...['accept', 'accept-encoding', 'connection', 'host', 'user-agent'],
    ]);
    expect(receiver.asked[0]?.headers.host).toBe(`feed.example:${receiver.port}`);
  });

  test('with 304 to a question without marks has answered nothing', async () => {
    receiver.answer = (_, response) => void response.writeHead(304).end();
    expect(await because(ask(at('/')))).toContain('304');
  });

  test('may ask to be left alone, by seconds or by a date', async () => {
    for (const [given, ms] of [
      ['120', 120_000],
      ['Fri, 20 Nov 2026 13:10:00 GMT', 600_000],
      ['soon', undefined],
    ] as const) {
      receiver.answer = (_, response) => void response.writeHead(503, { 'retry-after': given }).end();
      expect(await ask(at('/'))).toEqual({
        kind: 'failed',
        because: '对方答 503',
        ...(ms !== undefined && { retryAfterMs: ms }),
      });
    }
  });
});

describe('what must not be read', () => {
  test('a gzip bomb is left within its first megabytes', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * MB));
    receiver.answer = (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    expect(await because(ask(at('/')))).toContain('压缩炸弹');
  });

  test('a body too large is left, whether it says so or not', async () => {
    receiver.answer = (_, response) => void response.writeHead(200, { 'content-length': 11 * MB }).write('<rss>');
    expect(await because(ask(at('/')))).toContain('超过 10 MB');
    receiver.answer = (_, response) => {
      const part = Buffer.alloc(MB, 'x');
      const more = (): void => {
        while (!response.destroyed && response.write(part));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    };
    expect(await because(ask(at('/')))).toContain('超过 10 MB');
  });

  test('a body that trickles is given up in time, and the connection with it', async () => {
    let closed: () => void = () => undefined;
    const isClosed = new Promise<void>((resolve) => (closed = resolve));
    receiver.answer = (_, response) => {
      const timer = setInterval(() => response.write('<'), 10);
      response.on('close', () => {
        clearInterval(timer);
        closed();
      });
    };
    expect(await because(ask(at('/'), { withinMs: 150 }))).toContain('没有取完');
    await isClosed;
  });

  test('a name that never resolves is given up in time', async () => {
    const resolve = () => new Promise<readonly string[]>(() => undefined);
    expect(await because(ask(at('/'), { withinMs: 50, resolve }))).toContain('没有取完');
  });

  test('a body cut off, an unknown packing and broken packing are each a sentence', async () => {
    receiver.answer = (_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('<rss>');
      setImmediate(() => response.destroy());
    };
    expect(await because(ask(at('/')))).toContain('断了');
    receiver.answer = (_, response) => void response.writeHead(200, { 'content-encoding': 'br' }).end('x');
    expect(await because(ask(at('/')))).toContain('压缩（br）');
    const half = gzipSync(rssOf(1, 2, 3)).subarray(0, 60);
    receiver.answer = (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(half);
    expect(await because(ask(at('/')))).toContain('不完整');
  });
});

describe('where a feed may lead', () => {
  const to = (location: string) => {
    receiver.answer = ({ url }, response) => {
      if (url === '/start') response.writeHead(302, { location }).end();
      else response.end(rssOf(1));
    };
    return ask(at('/start'));
  };

  test('a redirect within a named host is followed, also a relative one', async () => {
    expect((await to('/there')).kind).toBe('body');
    expect((await to(at('/there'))).kind).toBe('body');
  });

  test('a redirect to this machine or to a host inside is refused before any connection', async () => {
    for (const target of [
      at('/x', '127.0.0.1'),
      at('/x', 'inner.example'),
      at('/x', '[::ffff:127.0.0.1]'),
      at('/x', '2130706433'),
      'http://169.254.169.254/latest/meta-data/',
      'file:///etc/passwd',
      'gopher://feed.example/',
      'http://user:pass@feed.example/',
    ]) {
      const before = receiver.connections();
      expect(await because(to(target)), target).toContain('被转到别处');
      expect(receiver.connections() - before, target).toBe(1);
    }
  });

  test('three redirects are followed, a fourth is not', async () => {
    const chain = (long: number): ReturnType<typeof ask> => {
      receiver.answer = ({ url }, response) => {
        const hop = Number(url?.slice(1));
        if (hop < long) response.writeHead(301, { location: `/${hop + 1}` }).end();
        else response.end(rssOf(1));
      };
      return ask(at('/0'));
    };
    expect((await chain(3)).kind).toBe('body');
    expect(await because(chain(4))).toContain('不再跟');
  });

  test('a name with one address inside is not asked at all', async () => {
    for (const addresses of [['127.0.0.1'], ['8.8.8.8', '10.0.0.1'], ['fd00::1'], ['::ffff:127.0.0.1'], []]) {
      const resolve = () => Promise.resolve(addresses);
      const said = await because(ask(at('/', 'other.example'), { resolve }));
      expect(said, String(addresses)).toMatch(/不取|没有地址/);
    }
    expect(receiver.connections()).toBe(0);
  });

  test('a name is resolved once a hop and the connection goes there, so rebinding it changes nothing', async () => {
    receiver.answer = (_, response) => void response.end(rssOf(1));
    const answers = [['127.0.0.1'], ['192.0.2.1']];
    let asked = 0;
    const resolve = () => Promise.resolve(answers[asked++] ?? []);
    expect((await ask(at('/'), { resolve })).kind).toBe('body');
    expect([asked, receiver.connections()]).toEqual([1, 1]);
  });
});

const INSIDE = [
  ...['127.0.0.1', '127.1', '127.0.1', '0x7f.1', '0x7f000001', '2130706433', '017700000001', '0177.0.0.1', '0'],
  ...['127。0。0。1', '①②⑦.0.0.1', '127．0．0．1', '127.255.255.254', '0.0.0.0', '10.0.0.1', '10.255.255.255'],
  ...['172.16.0.1', '172.31.255.255', '192.168.0.1', '192.168.255.255', '169.254.169.254', '0xa9fea9fe', '2852039166'],
  ...[
    '100.64.0.1',
    '100.100.100.200',
    '100.127.255.255',
    '168.63.129.16',
    '192.0.0.192',
    '198.18.0.1',
    '198.19.255.255',
  ],
  ...['192.0.2.1', '198.51.100.1', '203.0.113.1', '192.88.99.1', '224.0.0.1', '239.255.255.255', '240.0.0.1'],
  ...['255.255.255.255', '[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]'],
  ...['[::ffff:10.0.0.1]', '[::ffff:169.254.169.254]', '[::127.0.0.1]', '[64:ff9b::7f00:1]', '[64:ff9b:1::1]'],
  ...['[fe80::1]', '[febf::1]', '[fc00::1]', '[fd00:ec2::254]', '[ff02::1]', '[ff0e::1]', '[2001:db8::1]'],
  ...['[2002:7f00:1::]', '[2001::1]', '[2001:10::1]', '[3fff::1]', '[100::1]', '[fec0::1]', '[5f00::1]'],
];

describe('addresses', () => {
  test(`${INSIDE.length} spellings of places inside are refused by their text alone`, () => {
    expect(INSIDE.length).toBeGreaterThanOrEqual(60);
    for (const host of INSIDE) expect(readAddress(`http://${host}/`, new Set()), host).toHaveProperty('refused');
  });

  test('are public where they are the internet’s', () => {
    for (const address of ['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2408:8000::1'])
      expect(isPublic(address), address).toBe(true);
    for (const address of ['', 'feed.example', 'fe80::1%eth0', '2606:4700::1%1', '300.1.1.1'])
      expect(isPublic(address), address).toBe(false);
  });

  test('that name no host, another protocol, a password or a port of the system are refused', () => {
    for (const text of ['feed', 'ftp://feed.example/', 'http://a:b@feed.example/', 'http://feed.example:25/', '//x'])
      expect(readAddress(text, new Set()), text).toHaveProperty('refused');
    expect(readAddress('https://feed.example:8443/a?b#c', new Set())).toMatchObject({
      url: { href: 'https://feed.example:8443/a?b' },
    });
  });

  test('inside are taken where the office named them, as host or with their port', () => {
    for (const [named, text] of [
      ['rsshub.lan', 'http://rsshub.lan:1200/weibo'],
      ['a, 127.0.0.1:1200，b', 'http://127.0.0.1:1200/weibo'],
      ['[::1]:1200', 'http://[::1]:1200/'],
    ] as const)
      expect(readAddress(text, namedHosts(named)), text).toHaveProperty('url');
    expect(readAddress('http://127.0.0.1:1201/', namedHosts('127.0.0.1:1200'))).toHaveProperty('refused');
  });
});
