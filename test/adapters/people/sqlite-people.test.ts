import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openPeople } from '../../../server/adapters/people/sqlite-people.ts';
import { openDb } from '../../../server/adapters/sqlite/open-db.ts';
import { aPeopleArea, PASSWORD } from '../../seeds/people.ts';
import { openPasswords } from '../../../server/adapters/argon2/hash-password.ts';
import { hashOf } from '../../../server/people/secret.ts';
import { peopleStoreSuite } from '../../suites/people-store-suite.ts';

const folder = mkdtempSync(join(tmpdir(), 'people-'));
afterAll(() => rmSync(folder, { recursive: true }));
const pathOf = (name: string) => join(folder, `${name}.sqlite`);

peopleStoreSuite('sqlite', (name) => openPeople(pathOf(name)));

test('a person is never removed, whoever tries', () => {
  const store = openPeople(pathOf('held'));
  store.people.add({
    ...{ id: 'p1', name: '王', roles: ['viewer'], regions: 'all', account: null },
    ...{ createdAt: 1, enabled: true, grantedAlone: false },
  });
  const db = openDb(pathOf('held'));
  expect(() => db.exec('DELETE FROM person')).toThrow(/never removed/);
  db.close();
  store.close();
});

test('the file holds no password and no token, only what can be checked against', async () => {
  const clock = { now: () => 1_000 };
  const seeded = aPeopleArea({ clock, passwords: openPasswords(), path: pathOf('secrets') });
  await seeded.person('王', ['viewer']);
  const token = await seeded.signedIn('王');
  seeded.store.close();
  const bytes = readdirSync(folder)
    .filter((name) => name.startsWith('secrets'))
    .map((name) => readFileSync(join(folder, name)).toString('latin1'))
    .join();
  expect(bytes).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
  expect(bytes).toContain(hashOf(token));
  expect(bytes).not.toContain(token);
  expect(bytes).not.toContain(Buffer.from(PASSWORD).toString('latin1'));
});
