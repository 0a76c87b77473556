import { describe, expect, test } from 'vitest';
import type { Grant, Role } from '../../../pipelines/domain/person.ts';
import { regionCode } from '../../../pipelines/domain/region.ts';
import { COMMAND_LINE } from '../../../server/people/people-desk.ts';
import { aPeopleArea, PASSWORD } from '../../seeds/people.ts';

const HOUR = 3_600_000;
const grant = (roles: Role[], regions: Grant['regions'] = [regionCode('410327')]): Grant => ({
  roles,
  regions,
  account: null,
});

async function anOffice(securityAdmins: readonly string[]) {
  let now = 1_000_000;
  const seeded = aPeopleArea({ clock: { now: () => now } });
  const ids = new Map<string, string>();
  for (const name of securityAdmins) ids.set(name, await seeded.person(name, ['securityAdmin']));
  const as = (name: string) => ({ id: ids.get(name)!, name });
  const roles = (id: string) => seeded.store.people.get(id)?.roles;
  return { ...seeded, desk: seeded.area.desk, as, roles, pass: (ms: number) => (now += ms) };
}
const done = <T extends object>(answer: T): Exclude<T, { refused: string }> => {
  if ('refused' in answer) throw new Error(String(answer.refused));
  return answer as Exclude<T, { refused: string }>;
};

describe('rights', () => {
  test('given by the one security administrator there is hold at once, and are marked', async () => {
    const { desk, as, roles, store } = await anOffice(['甲']);
    const { person } = done(desk.add(as('甲'), '王', grant(['responder'])));
    expect(roles(person)).toEqual(['responder']);
    expect(store.people.get(person)?.grantedAlone).toBe(true);
  });

  test('wait for the second one where there is a second, who may not be who asked nor who it is for', async () => {
    const { desk, as, roles, store } = await anOffice(['甲', '乙']);
    const { person } = done(desk.add(as('甲'), '王', grant(['responder'])));
    expect(roles(person)).toEqual([]);
    const [asked] = desk.list().asked;
    expect(desk.settle(as('甲'), asked!.id, true)).toHaveProperty('refused');
    expect(desk.settle({ id: person, name: '王' }, asked!.id, true)).toHaveProperty('refused');
    expect(desk.settle(as('乙'), asked!.id, true)).toEqual({ settled: true });
    expect(roles(person)).toEqual(['responder']);
    expect(store.people.get(person)?.grantedAlone).toBe(false);
    expect(desk.settle(as('乙'), asked!.id, true)).toHaveProperty('refused');
  });

  test('that are rejected change nothing; one’s own are never one’s own to give', async () => {
    const { desk, as, roles } = await anOffice(['甲', '乙']);
    expect(desk.grant(as('甲'), as('甲').id, grant(['auditor']))).toHaveProperty('refused');
    done(desk.grant(as('甲'), as('乙').id, grant(['auditor'])));
    // With 乙 as the one it is for, nobody is left to confirm, so it held at once.
    expect(roles(as('乙').id)).toEqual(['auditor']);
    const { person } = done(desk.add(COMMAND_LINE, '丙', grant(['viewer'])));
    expect(roles(person)).toEqual(['viewer']);
  });

  test('that do not go together, or see nothing, are refused with the reason', async () => {
    const { desk, as } = await anOffice(['甲']);
    expect(JSON.stringify(desk.add(as('甲'), '王', grant(['auditor', 'viewer'])))).toContain('不能兼任');
    expect(JSON.stringify(desk.add(as('甲'), '王', grant(['viewer'], [])))).toContain('属地');
    for (const name of ['', ' ', '<b>', 'a'.repeat(41), '甲'])
      expect(desk.add(as('甲'), name, grant(['viewer']))).toHaveProperty('refused');
  });
});

describe('an invitation', () => {
  test('works once, within three days, and ends what was before', async () => {
    const { desk, as, signedIn, area, person, pass } = await anOffice(['甲']);
    const id = await person('王', ['viewer']);
    const session = await signedIn('王');
    const { invitation } = done(desk.invite(as('甲'), id));
    expect(area.signIn.asks({ session })).toBeDefined();
    expect(desk.invited(invitation)).toEqual({ name: '王' });
    expect(await desk.accept(invitation, 'short')).toHaveProperty('refused');
    expect(await desk.accept(invitation, `${PASSWORD}又一年`)).toEqual({ name: '王' });
    expect(area.signIn.asks({ session })).toBeUndefined();
    expect(await desk.accept(invitation, PASSWORD)).toHaveProperty('refused');
    const late = done(desk.invite(as('甲'), id)).invitation;
    pass(73 * HOUR);
    expect(desk.invited(late)).toBeUndefined();
  });

  test('of two who use it at the same moment one comes in', async () => {
    const { desk, as } = await anOffice(['甲']);
    const { invitation } = done(desk.add(as('甲'), '王', grant(['viewer'])));
    const answers = await Promise.all([desk.accept(invitation, PASSWORD), desk.accept(invitation, `${PASSWORD}二`)]);
    expect(answers.filter((one) => 'refused' in one)).toHaveLength(1);
  });

  test('makes the first security administrator of a deployment, and nobody after', async () => {
    const { area, store } = aPeopleArea({ clock: { now: () => 5 }, always: true });
    const { desk } = area;
    const first = desk.bootstrap()!;
    const second = desk.bootstrap()!;
    expect(desk.invited(first)).toBeUndefined();
    expect(desk.invited(second)).toEqual({ name: null });
    expect(await desk.accept(second, PASSWORD)).toHaveProperty('refused');
    expect(await desk.accept(second, PASSWORD, '甲')).toEqual({ name: '甲' });
    expect(store.people.named('甲')).toMatchObject({ roles: ['securityAdmin'], grantedAlone: true, enabled: true });
    expect(desk.bootstrap()).toBeUndefined();
  });
});

test('a screen has a token of its region, until it is removed', async () => {
  const { desk, as, area } = await anOffice(['甲']);
  const { token } = done(desk.addDisplay(as('甲'), '指挥大厅', regionCode('410327')));
  expect(area.signIn.asks({ display: token })).toMatchObject({ roles: ['viewer'], scope: { regions: ['410327'] } });
  const [display] = desk.list().displays;
  expect(desk.removeDisplay(as('甲'), display!.id)).toEqual({ removed: true });
  expect(area.signIn.asks({ display: token })).toBeUndefined();
});

test('every act is in the trail, with who and to whom, before it is done', async () => {
  const { desk, as, area, store } = await anOffice(['甲', '乙']);
  const { person } = done(desk.add(as('甲'), '王', grant(['responder'])));
  done(desk.settle(as('乙'), desk.list().asked[0]!.id, true));
  desk.enable(as('甲'), person, false);
  const lines = area.audit.list({ limit: 10 }).map(({ who, what, subject }) => `${who.name} ${what} ${subject}`);
  expect(lines.slice(0, 4)).toEqual([
    `甲 person-disabled ${person}`,
    `乙 grant-confirmed ${person} responder 410327`,
    `甲 grant-asked ${person} responder 410327`,
    `甲 person ${person} 王`,
  ]);
  area.audit.close();
  expect(() => desk.enable(as('甲'), person, true)).toThrow();
  expect(store.people.get(person)?.enabled).toBe(false);
});
