import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../server/config.ts';

test('without anything it listens on this machine and keeps its files under var', () => {
  expect(readConfig({})).toEqual({
    port: 8080,
    host: '127.0.0.1',
    varDir: resolve('var'),
    tokenFile: resolve('var', 'tokens.json'),
    logLevel: 'info',
    demo: false,
    signIn: 'auto',
    passwords: 'asvs',
    retentionDays: 30,
    speed: 60,
  });
});

test('variables are read, and a flag wins over its variable', () => {
  const config = readConfig(
    { WENBIDA_PORT: '9000', WENBIDA_VAR: '/srv/w', WENBIDA_HOME: '410300', ELASTICSEARCH_URL: 'http://127.0.0.1:9200' },
    { port: '0', demo: true },
  );
  expect(config).toMatchObject({
    port: 0,
    varDir: '/srv/w',
    tokenFile: '/srv/w/tokens.json',
    home: '410300',
    elasticsearchUrl: 'http://127.0.0.1:9200',
    demo: true,
  });
});

test('an empty variable counts as absent', () => {
  expect(readConfig({ ELASTICSEARCH_URL: '', WENBIDA_PORT: ' ' })).not.toHaveProperty('elasticsearchUrl');
});

test.each(['0.0.0.0', '::', '192.168.1.5', 'example.org', '127.0.0.999'])(
  'it refuses to listen on %s and says why',
  (host) => {
    expect(() => readConfig({}, { host })).toThrow(/WENBIDA_SIGN_IN=on.*use 127\.0\.0\.1/);
    expect(() => readConfig({ WENBIDA_SIGN_IN: 'on' }, { host })).toThrow(/WENBIDA_PUBLIC_URL/);
  },
);

test('with sign-in and a public address it may listen for others', () => {
  const env = { WENBIDA_SIGN_IN: 'on', WENBIDA_PUBLIC_URL: 'https://wenbida.example.gov.cn', WENBIDA_HOST: '0.0.0.0' };
  expect(readConfig(env)).toMatchObject({ host: '0.0.0.0', signIn: 'on' });
  for (const url of ['http://wenbida.example', 'https://wenbida.example/path', 'https://a@b'])
    expect(() => readConfig({ ...env, WENBIDA_PUBLIC_URL: url })).toThrow(/WENBIDA_PUBLIC_URL must be/);
});

test.each(['localhost', '::1', '127.0.0.1', '127.1.2.3'])('%s is this machine', (host) => {
  expect(readConfig({ WENBIDA_HOST: host }).host).toBe(host);
});

test.each([
  [{ WENBIDA_PORT: 'http' }, 'WENBIDA_PORT (--port) must be a whole number from 0 to 65535, not "http".'],
  [{ WENBIDA_PORT: '65536' }, /WENBIDA_PORT .* not "65536"/],
  [{ WENBIDA_PORT: '80.5' }, /WENBIDA_PORT .* not "80\.5"/],
  [{ WENBIDA_HOME: '洛阳' }, /WENBIDA_HOME .* division code .* not "洛阳"/],
  [{ ELASTICSEARCH_URL: 'localhost:9200' }, /ELASTICSEARCH_URL .* not "localhost:9200"/],
  [{ WENBIDA_SPEED: '-1' }, /WENBIDA_SPEED/],
  [{ WENBIDA_LOG: 'loud' }, /WENBIDA_LOG .* trace, not "loud"/],
])('%o is refused in one sentence', (env, sentence) => {
  expect(() => readConfig(env)).toThrow(ConfigError);
  expect(() => readConfig(env)).toThrow(sentence);
});

test('a credential in the address of the store is never repeated in a message', () => {
  expect(() => readConfig({ ELASTICSEARCH_URL: 'htp://elastic:s3cret@host' })).toThrow(/^((?!s3cret).)*$/);
});
