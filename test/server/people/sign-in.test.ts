import { describe, expect, test } from 'vitest';
import type { IncidentId } from '../../../pipelines/domain/incident.ts';
import type { Passwords } from '../../../pipelines/ports/passwords.ts';
import { ABSOLUTE_MS, IDLE_MS } from '../../../server/people/sign-in.ts';
import { codeAt, fromBase32, newSecret, stepOf } from '../../../server/people/totp.ts';
import { TRIES_OF_ACCOUNT, TRIES_OF_ADDRESS, WINDOW_MS } from '../../../server/people/throttle.ts';
import { aPeopleArea, PASSWORD, plainPasswords } from '../../seeds/people.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-11-28T08:00:00+08:00');

/** A clock that the test moves. */
function aClock() {
  let now = START;
  return { now: () => now, pass: (ms: number) => (now += ms) };
}

async function anOffice(more: Partial<Parameters<typeof aPeopleArea>[0]> = {}) {
  const clock = aClock();
  const seeded = aPeopleArea({ clock, ...more });
  const id = await seeded.person('王值班', ['responder', 'analyst'], ['410327'], 'yiyang');
  const { signIn, audit, desk } = seeded.area;
  const from = (address: string) => (password: string, code?: string) =>
    signIn.signIn({ name: '王值班', password, ...(code === undefined ? {} : { code }) }, address);
  return { ...seeded, clock, id, signIn, audit, desk, from, tries: from('10.0.0.1') };
}

describe('a session', () => {
  test('says who asks, with roles, regions and what was shared with the account', async () => {
    const { signedIn, signIn } = await anOffice({
      shared: (account) => new Set(account === 'yiyang' ? (['i7'] as IncidentId[]) : []),
    });
    expect(signIn.asks({ session: await signedIn('王值班') })).toMatchObject({
      name: '王值班',
      roles: ['responder', 'analyst'],
      account: 'yiyang',
      scope: { regions: ['410327'], incidents: new Set(['i7']) },
    });
    expect(signIn.asks({ session: 'made up' })).toBeUndefined();
    expect(signIn.asks({})).toBeUndefined();
  });

  test('ends after thirty minutes without a sign of life; what a page asks by itself is none', async () => {
    const { signedIn, signIn, clock } = await anOffice();
    const session = await signedIn('王值班');
    clock.pass(IDLE_MS);
    expect(signIn.asks({ session })).toBeDefined();
    for (let minute = 0; minute < 30; minute += 1) {
      clock.pass(MINUTE);
      expect(signIn.asks({ session, background: true })).toBeDefined();
    }
    clock.pass(1);
    expect(signIn.asks({ session, background: true })).toBeUndefined();
  });

  test('ends after twelve hours, however busy', async () => {
    const { signedIn, signIn, clock } = await anOffice();
    const session = await signedIn('王值班');
    for (let passed = 0; passed < ABSOLUTE_MS; passed += 20 * MINUTE) {
      expect(signIn.asks({ session })).toBeDefined();
      clock.pass(20 * MINUTE);
    }
    clock.pass(1);
    expect(signIn.asks({ session })).toBeUndefined();
  });

  test('is another at each sign-in, and the one before is over', async () => {
    const { signedIn, signIn } = await anOffice();
    const first = await signedIn('王值班');
    const answer = await signIn.signIn({ name: '王值班', password: PASSWORD }, 'a', first);
    expect(answer).toHaveProperty('token');
    expect(answer).not.toMatchObject({ token: first });
    expect(signIn.asks({ session: first })).toBeUndefined();
  });

  test('ends when the person is disabled, and they do not come in again', async () => {
    const { signedIn, signIn, desk, id, tries } = await anOffice();
    const session = await signedIn('王值班');
    desk.enable({ id: 'x', name: '安全' }, id, false);
    expect(signIn.asks({ session })).toBeUndefined();
    expect(await tries(PASSWORD)).toEqual({ refused: 'wrong' });
  });

  test('is not opened where it can not be written down', async () => {
    const { signIn, area, store } = await anOffice();
    area.audit.close();
    await expect(signIn.signIn({ name: '王值班', password: PASSWORD }, 'a')).rejects.toThrow();
    expect(store.tries.count('none', 0)).toBe(0);
  });
});

describe('guessing', () => {
  test('a wrong name, a wrong password and somebody who is nobody are one answer', async () => {
    const { signIn } = await anOffice();
    const wrong = { refused: 'wrong' };
    expect(await signIn.signIn({ name: '王值班', password: 'x' }, 'a')).toEqual(wrong);
    expect(await signIn.signIn({ name: '没有这人', password: PASSWORD }, 'a')).toEqual(wrong);
  });

  test('somebody who is nobody costs as much as a wrong password', async () => {
    const checked: (string | null)[] = [];
    const passwords: Passwords = {
      ...plainPasswords,
      check: (kept) => (checked.push(kept), Promise.resolve(false)),
    };
    const { signIn } = await anOffice({ passwords });
    await signIn.signIn({ name: '没有这人', password: 'x' }, 'a');
    await signIn.signIn({ name: '王值班', password: 'x' }, 'a');
    expect(checked).toEqual([null, `plain:${PASSWORD}`]);
  });

  test('five tries an account in a quarter of an hour are looked at, from wherever they come, and no more', async () => {
    let looked = 0;
    const passwords: Passwords = {
      ...plainPasswords,
      check: (...given) => ((looked += 1), plainPasswords.check(...given)),
    };
    const { from, clock } = await anOffice({ passwords });
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, n) => from(`10.0.${n >> 8}.${n & 255}`)(`guess ${n}`)),
    );
    expect(looked).toBe(TRIES_OF_ACCOUNT);
    expect(answers.filter((one) => 'refused' in one && one.refused === 'throttled')).toHaveLength(995);
    expect(await from('10.9.9.9')(PASSWORD)).toEqual({ refused: 'throttled' });
    clock.pass(WINDOW_MS + 1);
    expect(await from('10.9.9.9')(PASSWORD)).toHaveProperty('token');
  });

  test('one address tries thirty times, however many names it has; coming in does not count', async () => {
    const { signIn, from } = await anOffice();
    for (let n = 0; n < 40; n += 1) expect(await from('office')(PASSWORD)).toHaveProperty('token');
    for (let n = 0; n < TRIES_OF_ADDRESS; n += 1)
      expect(await signIn.signIn({ name: `人${n}`, password: 'spray' }, 'evil')).toEqual({ refused: 'wrong' });
    expect(await from('evil')(PASSWORD)).toEqual({ refused: 'throttled' });
    expect(await from('office')(PASSWORD)).toHaveProperty('token');
  });

  test('coming in forgives what was tried in one’s name', async () => {
    const { tries } = await anOffice();
    for (let round = 0; round < 3; round += 1) {
      for (let n = 1; n < TRIES_OF_ACCOUNT; n += 1) expect(await tries('x')).toEqual({ refused: 'wrong' });
      expect(await tries(PASSWORD)).toHaveProperty('token');
    }
  });

  test('a flood of it is a few lines in the trail, and what was typed as a name is in none', async () => {
    const { signIn, audit } = await anOffice();
    const before = audit.head().n;
    for (let n = 0; n < 200; n += 1) await signIn.signIn({ name: 'my password is 我的密码', password: 'x' }, 'evil');
    expect(audit.head().n - before).toBe(TRIES_OF_ACCOUNT + 1);
    expect(JSON.stringify(audit.list({ limit: 100 }))).not.toContain('我的密码');
  });
});

describe('a second factor', () => {
  async function withFactor() {
    const office = await anOffice();
    const secret = newSecret();
    const code = (ago = 0) => codeAt(fromBase32(secret), stepOf(office.clock.now()) - ago);
    const who = { id: office.id, name: '王值班' };
    expect(await office.area.own.setSecondFactor(who, PASSWORD, secret, '000000')).toHaveProperty('refused');
    expect(await office.area.own.setSecondFactor(who, PASSWORD, secret, code())).toEqual({ on: true });
    office.clock.pass(MINUTE);
    return { ...office, code, who };
  }

  test('is asked for once the password is right, and a code counts once', async () => {
    const { tries, code } = await withFactor();
    expect(await tries(PASSWORD)).toEqual({ refused: 'code_needed' });
    expect(await tries('x', code())).toEqual({ refused: 'wrong' });
    expect(await tries(PASSWORD, '000000')).toEqual({ refused: 'wrong' });
    const used = code();
    expect(await tries(PASSWORD, used)).toHaveProperty('token');
    expect(await tries(PASSWORD, used)).toEqual({ refused: 'wrong' });
  });

  test('lets its person in while others are guessing at the account', async () => {
    const { from, code } = await withFactor();
    for (let n = 0; n < 50; n += 1) await from(`10.0.0.${n}`)('guess');
    expect(await from('office')(PASSWORD)).toEqual({ refused: 'throttled' });
    expect(await from('office')(PASSWORD, code())).toHaveProperty('token');
  });

  test('is taken away with the password, and not by guessing it at an open screen', async () => {
    const { area, who, clock, tries } = await withFactor();
    for (let n = 0; n < TRIES_OF_ACCOUNT; n += 1) await area.own.dropSecondFactor(who, `guess ${n}`);
    expect(await area.own.dropSecondFactor(who, PASSWORD)).toHaveProperty('refused');
    clock.pass(WINDOW_MS + 1);
    expect(await area.own.dropSecondFactor(who, PASSWORD)).toEqual({ on: false });
    expect(await tries(PASSWORD)).toHaveProperty('token');
  });
});

describe('a password by 等保三级', () => {
  test('is changed at the door once it is ninety days old', async () => {
    const clock = aClock();
    const { area, store } = aPeopleArea({ clock, profile: 'mlps3' });
    const added = area.desk.add({ id: 'c', name: 'c' }, '李', { roles: ['viewer'], regions: 'all', account: null });
    if ('refused' in added) throw new Error(added.refused);
    await area.desk.accept(added.invitation, 'First-pass-2026');
    const signIn = (newPassword?: string) =>
      area.signIn.signIn(
        { name: '李', password: 'First-pass-2026', ...(newPassword === undefined ? {} : { newPassword }) },
        'a',
      );
    clock.pass(91 * 24 * 60 * MINUTE);
    expect(await signIn()).toEqual({ refused: 'password_old' });
    expect(await signIn('First-pass-2026')).toMatchObject({ refused: 'password_weak' });
    expect(await signIn('weak')).toMatchObject({ refused: 'password_weak' });
    expect(await signIn('Second-pass-2027')).toHaveProperty('token');
    expect(store.people.named('李')?.passwordAt).toBe(clock.now());
  });
});

test('where there is nobody, whoever sits at this machine asks; told to wait for somebody, nobody does', () => {
  const clock = aClock();
  expect(aPeopleArea({ clock }).area.signIn.asks({})).toMatchObject({ id: 'this-machine' });
  expect(aPeopleArea({ clock, always: true }).area.signIn.asks({})).toBeUndefined();
});
