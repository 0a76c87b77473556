import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Time-based one-time codes, RFC 6238 over RFC 4226: HMAC-SHA-1, six digits, steps of 30 s, as every authenticator app has them. */
const STEP_MS = 30_000;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** One step to either side, for a clock that is a little off and a person who types slowly. */
const DRIFT = [0, -1, 1] as const;

/** RFC 4226, 5.3. */
export function codeAt(key: Buffer, step: number, digits = 6, algorithm = 'sha1'): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac(algorithm, key).update(counter).digest();
  const offset = mac[mac.length - 1]! & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

export const stepOf = (now: number): number => Math.floor(now / STEP_MS);

/** A new shared secret, 160 bits in base32. */
export const newSecret = (): string => toBase32(randomBytes(20));

/** The step whose code this is, or undefined. A code counts once: steps up to `used` are no more. */
export function stepOfCode(secret: string, code: string, now: number, used: number): number | undefined {
  const given = Buffer.from(code.replaceAll(/\s/gu, '').slice(0, 16));
  const key = fromBase32(secret);
  for (const drift of DRIFT) {
    const step = stepOf(now) + drift;
    const right = Buffer.from(codeAt(key, step));
    if (step > used && given.length === right.length && timingSafeEqual(given, right)) return step;
  }
  return undefined;
}

/** What an authenticator app reads from a picture or takes by hand. */
export const addressOf = (secret: string, name: string): string =>
  `otpauth://totp/${encodeURIComponent(`问必答:${name}`)}?secret=${secret}&issuer=${encodeURIComponent('问必答')}`;

function toBase32(bytes: Buffer): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(held >>> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + ALPHABET[(held << (5 - bits)) & 31];
}

/** @throws RangeError where a sign is none of base32 */
export function fromBase32(text: string): Buffer {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const sign of text) {
    const value = ALPHABET.indexOf(sign);
    if (value < 0) throw new RangeError(`not base32: "${sign}"`);
    held = (held << 5) | value;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >>> bits) & 255);
    held &= (1 << bits) - 1;
  }
  return Buffer.from(bytes);
}
