import { expect, test } from 'vitest';
import { openPasswords } from '../../../server/adapters/argon2/hash-password.ts';
import { PasswordsBusy } from '../../../pipelines/ports/passwords.ts';

test('a password is right for its own hash, and for nobody’s it is never right', async () => {
  const passwords = openPasswords();
  const kept = await passwords.hash('一句够长的话');
  expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwords.check(kept, '一句够长的话')).toBe(true);
  expect(await passwords.check(kept, '一句够长的画')).toBe(false);
  expect(await passwords.check(null, 'nobody has this password')).toBe(false);
});

test('the same signs typed on another keyboard are the same password', async () => {
  const passwords = openPasswords();
  const kept = await passwords.hash('ｗｅｎｂｉｄａ2026，é');
  expect(await passwords.check(kept, 'wenbida2026,é'.normalize('NFD'))).toBe(true);
});

test('one is checked at a time, and where too many wait the next is told to come back', async () => {
  const passwords = openPasswords(3);
  const kept = await passwords.hash('x');
  const checks = Array.from({ length: 5 }, () => passwords.check(kept, 'x'));
  const answers = await Promise.allSettled(checks);
  expect(answers.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(2);
  const refused = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  expect(refused.length).toBeGreaterThan(0);
  for (const reason of refused) expect(reason).toBeInstanceOf(PasswordsBusy);
  expect(await passwords.check(kept, 'x')).toBe(true);
});
