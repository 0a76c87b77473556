import { expect, test } from 'vitest';
import { isOurHost, isOurOrigin } from '../../../server/http/same-machine.ts';

test.each(['localhost:8080', '127.0.0.1:8080', '[::1]:8080', 'LOCALHOST:8080'])('%s is ours', (host) => {
  expect(isOurHost(host, 8080)).toBe(true);
});

test.each([
  undefined,
  '',
  'evil.example:8080',
  'localhost.evil.example:8080',
  'localhost:8081',
  'localhost',
  '127.0.0.2:8080',
  '0.0.0.0:8080',
  '2130706433:8080',
  'localhost:8080@evil.example',
  'localhost:8080; script-src *',
  ' localhost:8080',
])('%s is not', (host) => {
  expect(isOurHost(host, 8080)).toBe(false);
});

test('without a port in the Host, the port is 80', () => {
  expect(isOurHost('localhost', 80)).toBe(true);
});

const host = 'localhost:8080';

test.each([
  [{ host, origin: 'http://localhost:8080' }, true],
  [{ host }, true],
  [{ host, 'sec-fetch-site': 'same-origin' }, true],
  [{ host, 'sec-fetch-site': 'cross-site' }, false],
  [{ host, 'sec-fetch-site': 'same-site' }, false],
  [{ host, 'sec-fetch-site': 'none' }, false],
  [{ host, origin: 'http://localhost:3000' }, false],
  [{ host, origin: 'http://127.0.0.1:8080' }, false],
  [{ host, origin: 'https://localhost:8080' }, false],
  [{ host, origin: 'https://evil.example' }, false],
  [{ host, origin: 'null' }, false],
  [{ host, origin: '' }, false],
  [{ host, origin: 'http://localhost:8080', 'sec-fetch-site': 'cross-site' }, false],
])('a handshake with %o is let in: %s', (headers, ok) => {
  expect(isOurOrigin(headers)).toBe(ok);
});
