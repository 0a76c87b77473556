import { resolve } from 'node:path';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';

/**
 * The whole configuration, from the environment and the flags of `serve`. A flag wins over its variable; an empty variable
 * counts as absent. Paths are absolute.
 */
export const Config = Type.Object(
  {
    /** 0 lets the system choose a free one. */
    port: Type.Integer({ minimum: 0, maximum: 65_535 }),
    host: Type.String(),
    /** Everything the deployment keeps: inbox, desk, embedded index, keys. */
    varDir: Type.String({ minLength: 1 }),
    tokenFile: Type.String({ minLength: 1 }),
    logLevel: Type.Union(
      (['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const).map((level) => Type.Literal(level)),
    ),
    elasticsearchUrl: Type.Optional(Type.String({ pattern: '^https?://[^\\s/?#]+' })),
    elasticsearchApiKey: Type.Optional(Type.String({ minLength: 1 })),
    accounts: Type.Optional(Type.String({ minLength: 1 })),
    /** The office's own cue words and cases; taxonomy.json in `varDir` where absent (office-files.ts). */
    taxonomy: Type.Optional(Type.String({ minLength: 1 })),
    /** The office's own list of places; without it `places.txt` in the data folder, where there is one. */
    places: Type.Optional(Type.String({ minLength: 1 })),
    /** The official map of the wall, GeoJSON; without it regions are tiles. */
    map: Type.Optional(Type.String({ minLength: 1 })),
    /** Its 审图号, without which it is not shown. */
    mapNumber: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    /** Division code of the deployment's own region. */
    home: Type.Optional(Type.String({ pattern: '^(\\d{6}|\\d{9}|\\d{12})$' })),
    /** on: nobody comes in without signing in, also before there is anybody. auto: from the first person on. */
    signIn: Type.Union([Type.Literal('auto'), Type.Literal('on')]),
    /** The address that browsers use, behind a proxy that speaks HTTPS; links in messages lead there, and without it messages carry none. */
    publicUrl: Type.Optional(Type.String({ pattern: '^https://[^\\s/?#@]+/?$' })),
    /** Addresses and networks of that proxy, separated by commas; only these may say who asked. */
    trustedProxies: Type.Optional(Type.String({ pattern: '^[0-9a-fA-F.:/, ]+$' })),
    passwords: Type.Union([Type.Literal('asvs'), Type.Literal('mlps3')]),
    /** Hosts of the office's own network that feeds may be fetched from, as host or host:port, separated by commas. */
    feedHosts: Type.Optional(Type.String({ pattern: '^[^/?#@]+$' })),
    /** The page where citizens see what became of cases: off unless it says on. */
    publicPage: Type.Optional(Type.Union([Type.Literal('on'), Type.Literal('off')])),
    /** Receivers of messages on the office's own network (robots, webhooks, mail servers), as host or host:port, separated by commas. */
    notifyHosts: Type.Optional(Type.String({ pattern: '^[^/?#@]+$' })),
    /** Texts are kept whole for so many days, evidence longer. */
    retentionDays: Type.Integer({ minimum: 1, maximum: 3650 }),
    demo: Type.Boolean(),
    drill: Type.Optional(Type.String({ minLength: 1 })),
    /** How many times faster than life a drill runs. */
    speed: Type.Number({ exclusiveMinimum: 0, maximum: 3600 }),
  },
  { additionalProperties: false },
);
/** A deployment that was not told its home shows the drill's city. */
export const FALLBACK_HOME = '410300';

export type Config = Readonly<Static<typeof Config>>;

/** Flags as the command line gives them: words, or numbers and booleans already read. */
export type Flags = { readonly [Key in keyof Config]?: string | number | boolean | undefined };

/** One sentence that names the setting, what is wrong with it and what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

interface Setting {
  readonly variable: string;
  readonly kind: 'text' | 'number' | 'path';
  /** What is allowed, to end the sentence "… must be". */
  readonly must: string;
}

const SETTINGS: Readonly<Record<Exclude<keyof Config, 'demo'>, Setting>> = {
  port: { variable: 'WENBIDA_PORT', kind: 'number', must: 'a whole number from 0 to 65535' },
  host: { variable: 'WENBIDA_HOST', kind: 'text', must: 'an address of this machine, such as 127.0.0.1' },
  varDir: { variable: 'WENBIDA_VAR', kind: 'path', must: 'the path of a folder' },
  tokenFile: { variable: 'WENBIDA_TOKEN_FILE', kind: 'path', must: 'the path of a file' },
  logLevel: { variable: 'WENBIDA_LOG', kind: 'text', must: 'silent, fatal, error, warn, info, debug or trace' },
  elasticsearchUrl: { variable: 'ELASTICSEARCH_URL', kind: 'text', must: 'a URL such as http://127.0.0.1:9200' },
  elasticsearchApiKey: { variable: 'ELASTICSEARCH_API_KEY', kind: 'text', must: 'an API key' },
  accounts: { variable: 'WENBIDA_ACCOUNTS', kind: 'path', must: 'the path of an accounts file' },
  taxonomy: { variable: 'WENBIDA_TAXONOMY', kind: 'path', must: 'the path of a taxonomy file' },
  places: { variable: 'WENBIDA_PLACES', kind: 'path', must: 'the path of a list of places' },
  map: { variable: 'WENBIDA_MAP', kind: 'path', must: 'the path of a GeoJSON file' },
  mapNumber: { variable: 'WENBIDA_MAP_NUMBER', kind: 'text', must: 'the 审图号 of the map, such as GS(2024)0650号' },
  home: { variable: 'WENBIDA_HOME', kind: 'text', must: 'a division code of 6, 9 or 12 digits, such as 410300' },
  signIn: { variable: 'WENBIDA_SIGN_IN', kind: 'text', must: 'on or auto' },
  publicUrl: {
    variable: 'WENBIDA_PUBLIC_URL',
    kind: 'text',
    must: 'the https address of this server without a path, such as https://wenbida.example.gov.cn',
  },
  trustedProxies: {
    variable: 'WENBIDA_TRUSTED_PROXIES',
    kind: 'text',
    must: 'addresses or networks separated by commas, such as 127.0.0.1, 10.0.0.0/8',
  },
  passwords: { variable: 'WENBIDA_PASSWORDS', kind: 'text', must: 'asvs or mlps3' },
  feedHosts: {
    variable: 'WENBIDA_FEED_HOSTS',
    kind: 'text',
    must: 'names of hosts separated by commas, such as rsshub.lan, 127.0.0.1:1200',
  },
  publicPage: { variable: 'WENBIDA_PUBLIC', kind: 'text', must: 'on or off' },
  notifyHosts: {
    variable: 'WENBIDA_NOTIFY_HOSTS',
    kind: 'text',
    must: 'names of hosts separated by commas, such as mail.lan:25, 10.0.0.8:8080',
  },
  retentionDays: { variable: 'WENBIDA_RETENTION_DAYS', kind: 'number', must: 'a whole number of days from 1 to 3650' },
  drill: { variable: 'WENBIDA_DRILL', kind: 'path', must: 'the path of a drill file' },
  speed: { variable: 'WENBIDA_SPEED', kind: 'number', must: 'a number above 0 and at most 3600' },
};

/** Settings that commands also take as a flag of the same name. */
const FLAGS: ReadonlySet<string> = new Set([
  'port',
  'host',
  'drill',
  'speed',
  'home',
  'accounts',
  'places',
  'taxonomy',
  'map',
  'mapNumber',
]);

const config = Compile(Config);

/** @throws ConfigError */
export function readConfig(env: Readonly<Record<string, string | undefined>>, flags: Flags = {}): Config {
  const given = (key: keyof typeof SETTINGS): string | number | boolean | undefined => {
    const flag = flags[key];
    if (flag !== undefined) return flag;
    const variable = env[SETTINGS[key].variable]?.trim();
    return variable === '' ? undefined : variable;
  };
  const varDir = resolve(String(given('varDir') ?? 'var'));
  const raw: Record<string, unknown> = {
    port: 8080,
    host: '127.0.0.1',
    varDir,
    tokenFile: resolve(varDir, 'tokens.json'),
    logLevel: 'info',
    signIn: 'auto',
    passwords: 'asvs',
    retentionDays: 30,
    demo: flags.demo === true || flags.demo === 'true',
    speed: 60,
  };
  for (const key of Object.keys(SETTINGS) as (keyof typeof SETTINGS)[]) {
    const value = given(key);
    if (value !== undefined) raw[key] = read(SETTINGS[key].kind, value);
  }
  if (!config.Check(raw)) throw refusal(raw);
  if (!isLoopback(raw.host) && (raw.signIn !== 'on' || raw.publicUrl === undefined)) {
    throw new ConfigError(
      `WENBIDA_HOST (--host) is "${raw.host}", which others can reach, so people must sign in over HTTPS: set WENBIDA_SIGN_IN=on and ` +
        'WENBIDA_PUBLIC_URL to the https address of the proxy before it, or leave the host out and use 127.0.0.1.',
    );
  }
  return raw;
}

/** True for the names and addresses that only this machine can reach. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$/.test(host);

function read(kind: Setting['kind'], value: string | number | boolean): unknown {
  if (kind === 'number') {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
    return Number.isNaN(number) ? value : number;
  }
  if (kind === 'path' && value !== '') return resolve(String(value));
  return typeof value === 'number' ? String(value) : value;
}

function refusal(raw: Record<string, unknown>): ConfigError {
  const first = config.Errors(raw)[0];
  const key = (first?.instancePath.split('/')[1] ?? '') as keyof typeof SETTINGS;
  const setting = SETTINGS[key];
  if (setting === undefined) return new ConfigError(`the configuration is not valid: ${first?.message ?? 'unknown'}.`);
  // A key, or a password inside an address, is a secret: it is never repeated, not even in the message that refuses it.
  const value = raw[key] as string | number | boolean;
  const shown = key === 'elasticsearchApiKey' ? '…' : String(value).replace(/(^|\/)[^/]*@/, '$1…@');
  const flag = FLAGS.has(key) ? ` (--${key})` : '';
  return new ConfigError(`${setting.variable}${flag} must be ${setting.must}, not "${shown}".`);
}
