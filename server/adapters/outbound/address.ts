import { BlockList, isIP } from 'node:net';

const FEED_SETTING = 'WENBIDA_FEED_HOSTS';

/** Hosts of the office's own network that may be asked, as `host` or `host:port`, in lower case. */
export type NamedHosts = ReadonlySet<string>;

/** "rsshub.lan, 127.0.0.1:1200" → a set. */
export const namedHosts = (text = ''): NamedHosts =>
  new Set(
    text
      .toLowerCase()
      .split(/[\s,，]+/u)
      .filter((name) => name !== ''),
  );

export const isNamed = (url: URL, named: NamedHosts): boolean => named.has(url.hostname) || named.has(url.host);

/** Addresses that are not anybody's on the internet (IANA special purpose), and one by which a cloud answers its own machines. */
const NOT_PUBLIC = new BlockList();
for (const [net, bits] of [
  ...[['0.0.0.0', 8] as const, ['10.0.0.0', 8] as const, ['100.64.0.0', 10] as const, ['127.0.0.0', 8] as const],
  ...[['169.254.0.0', 16] as const, ['172.16.0.0', 12] as const, ['192.0.0.0', 24] as const],
  ...[['192.0.2.0', 24] as const, ['192.88.99.0', 24] as const, ['192.168.0.0', 16] as const],
  ...[['198.18.0.0', 15] as const, ['198.51.100.0', 24] as const, ['203.0.113.0', 24] as const],
  ...[['224.0.0.0', 4] as const, ['240.0.0.0', 4] as const, ['168.63.129.16', 32] as const],
])
  NOT_PUBLIC.addSubnet(net, bits, 'ipv4');
/** All of IPv6 that is given out lies in 2000::/3; so mapped, local, link-local, multicast and NAT64 addresses lie outside. */
const GLOBAL = new BlockList();
GLOBAL.addSubnet('2000::', 3, 'ipv6');
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  NOT_PUBLIC.addSubnet(net, bits, 'ipv6');

/** Whether an IP address (no brackets) is one of the internet's. False for what is no address at all. */
export function isPublic(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !NOT_PUBLIC.check(address, 'ipv4');
    case 6:
      return !address.includes('%') && GLOBAL.check(address, 'ipv6') && !NOT_PUBLIC.check(address, 'ipv6');
    default:
      return false;
  }
}

/** The IP address that a URL names outright, whatever way it was spelt; undefined where it names a host. */
export function literalOf(url: URL): string | undefined {
  const bare = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) === 0 ? undefined : bare;
}

/**
 * Whether an address may be asked as far as its text says, or why not, as a sentence. What its name resolves to is looked at when
 * it is asked. `setting` is the variable in which the office names its own hosts.
 */
export function readAddress(
  text: string,
  named: NamedHosts,
  base?: URL,
  setting = FEED_SETTING,
): { readonly url: URL } | { readonly refused: string } {
  if (text.length > 2_000 || !URL.canParse(text, base?.href)) return { refused: '不是一个网址，请核对' };
  const url = new URL(text, base?.href);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return { refused: `只取 http 与 https 的地址，不取 ${url.protocol}` };
  if (url.username !== '' || url.password !== '') return { refused: '地址里不要写用户名和密码' };
  url.hash = '';
  if (isNamed(url, named)) return { url };
  const port = Number(url.port);
  if (port > 0 && port < 1_024 && port !== 80 && port !== 443)
    return { refused: `不取端口 ${port}；确是本单位的服务，请把 ${url.host} 写进 ${setting}` };
  const literal = literalOf(url);
  return literal !== undefined && !isPublic(literal) ? { refused: privateHost(url, setting) } : { url };
}

export const privateHost = (url: URL, setting = FEED_SETTING): string =>
  `${url.hostname} 在本机、内网或保留地址上，不取；确是本单位的服务，请把 ${url.host} 写进 ${setting}`;
