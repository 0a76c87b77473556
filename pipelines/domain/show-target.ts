import type { ChannelAbout, ChannelTarget } from './notify-channel.ts';

/** What may be shown of where a channel leads: its host, whether it signs, the last four signs of its secret. */
export function showTarget(target: ChannelTarget): Pick<ChannelAbout, 'kind' | 'host' | 'lastFour' | 'signed'> {
  const { kind } = target;
  if (kind === 'email')
    return {
      kind,
      host: target.host,
      lastFour: lastFourOf(target.password ?? ''),
      signed: target.password !== undefined,
    };
  const host = /^https?:\/\/([^/?#]+)/i.exec(target.url)?.[1] ?? '';
  if (kind === 'wecom') return { kind, host, lastFour: lastFourOf(target.url), signed: false };
  const signed = target.secret !== undefined && target.secret !== '';
  return { kind, host, lastFour: lastFourOf(signed ? (target.secret ?? '') : target.url), signed };
}

/** Of a secret so short that four signs would be half of it, nothing. */
const lastFourOf = (secret: string): string => (secret.length < 12 ? '' : secret.slice(-4));
