import { expect, test } from 'vitest';
import { addressOf, codeAt, fromBase32, newSecret, stepOf, stepOfCode } from '../../../server/people/totp.ts';

/** RFC 6238, appendix B: eight digits, the key the ASCII digits repeated to the length of the hash. */
const key = (bytes: number) => Buffer.from('1234567890'.repeat(7).slice(0, bytes), 'ascii');
test.each([
  [59, '94287082', '46119246', '90693936'],
  [1_111_111_109, '07081804', '68084774', '25091201'],
  [1_111_111_111, '14050471', '67062674', '99943326'],
  [1_234_567_890, '89005924', '91819424', '93441116'],
  [2_000_000_000, '69279037', '90698825', '38618901'],
  [20_000_000_000, '65353130', '77737706', '47863826'],
])('at %d s the codes are those of the RFC', (seconds, sha1, sha256, sha512) => {
  const step = stepOf(seconds * 1_000);
  expect(codeAt(key(20), step, 8)).toBe(sha1);
  expect(codeAt(key(32), step, 8, 'sha256')).toBe(sha256);
  expect(codeAt(key(64), step, 8, 'sha512')).toBe(sha512);
});

test('base32 reads as RFC 4648 writes it', () => {
  expect(fromBase32('MZXW6YTBOI').toString()).toBe('foobar');
  expect(() => fromBase32('0')).toThrow(RangeError);
  expect(newSecret()).toMatch(/^[A-Z2-7]{32}$/);
  expect(fromBase32(newSecret())).toHaveLength(20);
});

test('a code counts for its own half minute and the ones beside it, and once', () => {
  const secret = newSecret();
  const now = 1_800_000_000_000;
  const code = codeAt(fromBase32(secret), stepOf(now));
  for (const drift of [-30_000, 0, 30_000]) expect(stepOfCode(secret, code, now + drift, 0)).toBe(stepOf(now));
  for (const drift of [-90_000, 90_000]) expect(stepOfCode(secret, code, now + drift, 0)).toBeUndefined();
  expect(stepOfCode(secret, ` ${code.slice(0, 3)} ${code.slice(3)}`, now, 0)).toBe(stepOf(now));
  expect(stepOfCode(secret, code, now, stepOf(now))).toBeUndefined();
  for (const wrong of ['', '1', '１２３４５６', `${code}0`]) expect(stepOfCode(secret, wrong, now, 0)).toBeUndefined();
});

test('the address names the product and the person', () => {
  expect(addressOf('ABC', '王值班')).toBe(
    `otpauth://totp/${encodeURIComponent('问必答:王值班')}?secret=ABC&issuer=${encodeURIComponent('问必答')}`,
  );
});
