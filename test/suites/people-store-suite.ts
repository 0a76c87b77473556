import { describe, expect, test } from 'vitest';
import { regionCode } from '../../pipelines/domain/region.ts';
import type { NewPerson, PeopleStore } from '../../pipelines/ports/people.ts';

const aPerson = (given: Partial<NewPerson> = {}): NewPerson => ({
  id: 'p1',
  name: '王值班',
  roles: ['responder'],
  regions: [regionCode('410327')],
  account: null,
  createdAt: 1_000,
  enabled: true,
  grantedAlone: false,
  ...given,
});

/** What every store of people promises. `open` opens the same store again each time it is called with the same name. */
export function peopleStoreSuite(name: string, open: (name: string) => PeopleStore): void {
  describe(`people store: ${name}`, () => {
    let serial = 0;
    const fresh = (): PeopleStore => open(`fresh-${++serial}`);

    test('a person comes back as they were, also after opening again, and has no secrets in lists', () => {
      const store = open('again');
      expect(store.people.any()).toBe(false);
      expect(store.people.add(aPerson())).toBe(true);
      store.people.change('p1', { password: 'hash', passwordAt: 2_000, totp: 'SECRET', account: 'yiyang' });
      store.close();
      const { people } = open('again');
      expect(people.any()).toBe(true);
      expect(people.named(' 王值班 ')).toMatchObject({
        id: 'p1',
        password: 'hash',
        totp: 'SECRET',
        secondFactor: true,
      });
      expect(people.list()).toEqual([
        {
          ...{ id: 'p1', name: '王值班', roles: ['responder'], regions: ['410327'], account: 'yiyang', enabled: true },
          ...{ createdAt: 1_000, passwordAt: 2_000, secondFactor: true, grantedAlone: false },
        },
      ]);
    });

    test('a name is one person’s, however it is written', () => {
      const { people } = fresh();
      people.add(aPerson({ name: 'Wang' }));
      for (const name of ['wang', ' WANG ', 'Ｗang']) expect(people.add(aPerson({ id: 'p2', name }))).toBe(false);
      expect(people.add(aPerson({ id: 'p2', name: 'Wáng' }))).toBe(true);
    });

    test('a change says only what changes; a second factor can be taken away', () => {
      const { people } = fresh();
      people.add(aPerson());
      people.change('p1', { totp: 'SECRET', totpStep: 7 });
      people.change('p1', { enabled: false, totp: null });
      expect(people.get('p1')).toMatchObject({ enabled: false, totp: null, totpStep: 7, roles: ['responder'] });
      people.change('nobody', { enabled: true });
      expect(people.get('nobody')).toBeUndefined();
    });

    test('of two who settle the same grant one is first', () => {
      const { people, grants } = fresh();
      people.add(aPerson());
      const asked = grants.ask({ person: 'p1', roles: ['editor'], regions: 'all', account: null, by: 'p9', at: 5 });
      expect(grants.list()).toEqual([asked]);
      expect(grants.take(asked.id)).toEqual(asked);
      expect(grants.take(asked.id)).toBeUndefined();
    });

    test('sessions end one by one or all of a person’s but one', () => {
      const { people, sessions } = fresh();
      people.add(aPerson());
      for (const hash of ['a', 'b', 'c']) sessions.open(hash, { person: 'p1', openedAt: 1, seenAt: 1 });
      sessions.seen('a', 9);
      sessions.seen('a', 5);
      expect(sessions.get('a')).toEqual({ person: 'p1', openedAt: 1, seenAt: 9 });
      sessions.end('b');
      sessions.endAll('p1', 'c');
      expect(['a', 'b', 'c'].map((hash) => sessions.get(hash) !== undefined)).toEqual([false, false, true]);
    });

    test('an invitation works once, and a newer one takes its place', () => {
      const { invitations } = fresh();
      invitations.add('old', { person: 'p1', until: 10 });
      invitations.add('new', { person: 'p1', until: 20 });
      invitations.add('first', { person: null, until: 30 });
      expect(invitations.get('old')).toBeUndefined();
      expect(invitations.get('new')).toEqual({ person: 'p1', until: 20 });
      expect([invitations.take('new'), invitations.take('new')]).toEqual([true, false]);
      invitations.add('second', { person: null, until: 40 });
      expect(invitations.get('first')).toBeUndefined();
    });

    test('a screen is found by its token and removed for good', () => {
      const { displays } = fresh();
      const one = displays.add('h', { name: '指挥大厅', region: regionCode('410327'), createdAt: 1 });
      displays.seen(one.id, 5);
      expect(displays.get('h')).toEqual({ ...one, lastAt: 5 });
      expect([displays.remove(one.id), displays.remove(one.id)]).toEqual([true, false]);
      expect([displays.get('h'), displays.list()]).toEqual([undefined, []]);
    });

    test('tries are counted since a time, forgiven newest first, and forgotten', () => {
      const { tries } = fresh();
      for (const at of [1, 2, 3]) tries.add('k', at);
      tries.add('other', 3);
      expect([tries.count('k', 0), tries.count('k', 1)]).toEqual([3, 2]);
      tries.clear('k', 1);
      expect(tries.count('k', 1)).toBe(1);
      tries.forget(2);
      expect([tries.count('k', 0), tries.count('other', 0)]).toEqual([1, 1]);
      tries.clear('k');
      expect(tries.count('k', 0)).toBe(0);
    });
  });
}
