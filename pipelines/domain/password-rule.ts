import { guessableParts } from './guessable.ts';

/**
 * Two rules, because they contradict each other: OWASP ASVS 5.0 (6.2.1, 6.2.5, 6.2.10) wants length and forbids rules of
 * composition and forced change; GB/T 22239 三级 wants complexity and periodic change.
 */
export const PASSWORD_PROFILES = ['asvs', 'mlps3'] as const;
export type PasswordProfile = (typeof PASSWORD_PROFILES)[number];

interface Rule {
  /** In characters, not bytes. */
  readonly least: number;
  /** Of small letters, capitals, digits and other signs. */
  readonly kinds: number;
  /** After so long another one must be chosen; null: never. */
  readonly maxAgeMs: number | null;
}

const DAY = 86_400_000;
const RULES: Readonly<Record<PasswordProfile, Rule>> = {
  asvs: { least: 12, kinds: 1, maxAgeMs: null },
  mlps3: { least: 10, kinds: 3, maxAgeMs: 90 * DAY },
};
const MOST = 128;
const KINDS = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u];
const LITTLE = 5;

/**
 * Why a password can not be taken, in words for people; undefined where it can. Compared with what is common and leaked, and with `own`: the
 * names of whoever chooses it and of the office (NIST SP 800-63B 5.1.1.2; ASVS 5.0 6.2.4).
 */
export function faultOfPassword(
  password: string,
  profile: PasswordProfile,
  own: readonly string[],
): string | undefined {
  const { least, kinds } = RULES[profile];
  const signs = [...password];
  if (signs.length < least) return `密码至少${least}个字符，可以是一句话`;
  if (signs.length > MOST) return `密码最多${MOST}个字符`;
  if (KINDS.filter((kind) => kind.test(password)).length < kinds)
    return `密码要有小写字母、大写字母、数字、其他符号中的至少${kinds}种`;
  if (new Set(signs).size < LITTLE) return '密码里不同的字符太少';
  const parts = guessableParts(password, own);
  if (parts === undefined) return undefined;
  return `密码几乎只由“${parts.join('”“')}”组成，这样的密码在泄露的密码里很常见，会被最先试到；请换一个，几个不相干的词连成一句话就好`;
}

/** True where another password must be chosen before going on. `since`: when this one was chosen, epoch ms. */
export function isTooOld(since: number, profile: PasswordProfile, now: number): boolean {
  const { maxAgeMs } = RULES[profile];
  return maxAgeMs !== null && now - since > maxAgeMs;
}
