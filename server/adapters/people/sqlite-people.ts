import type { AskedGrant, Person, Role, Scope } from '../../../pipelines/domain/person.ts';
import type {
  Grants,
  Invitations,
  People,
  PeopleStore,
  Secrets,
  Sessions,
  Tries,
} from '../../../pipelines/ports/people.ts';
import { openDb, type Db, type SqlValue } from '../sqlite/open-db.ts';
import { displaysIn } from './displays.ts';
import { TABLES } from './schema.ts';

interface PersonRow {
  id: string;
  name: string;
  roles: string;
  regions: string;
  account: string | null;
  enabled: number;
  created_at: number;
  granted_alone: number;
  password: string | null;
  password_at: number | null;
  totp: string | null;
  totp_step: number;
  [column: string]: SqlValue;
}

/** Names that look alike to people are one name. */
const folded = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

const personOf = (row: PersonRow): Person => ({
  id: row.id,
  name: row.name,
  roles: JSON.parse(row.roles) as Role[],
  regions: JSON.parse(row.regions) as Scope['regions'],
  account: row.account,
  enabled: row.enabled === 1,
  createdAt: row.created_at,
  passwordAt: row.password_at,
  secondFactor: row.totp !== null,
  grantedAlone: row.granted_alone === 1,
});
const withSecrets = (row: PersonRow): Person & Secrets => ({
  ...personOf(row),
  password: row.password,
  totp: row.totp,
  totpStep: row.totp_step,
});

/** People, sessions and screens in one SQLite file. @throws Error where it can't be opened */
export function openPeople(path: string): PeopleStore {
  const db = openDb(path, { cacheKiB: 1024 });
  db.exec(TABLES);
  return {
    people: peopleIn(db),
    grants: grantsIn(db),
    sessions: sessionsIn(db),
    displays: displaysIn(db),
    invitations: invitationsIn(db),
    tries: triesIn(db),
    close: () => db.close(),
  };
}

function peopleIn(db: Db): People {
  const put = db.prepare(
    'INSERT INTO person (id, name, folded, roles, regions, account, enabled, created_at, granted_alone) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const byId = db.prepare<PersonRow>('SELECT * FROM person WHERE id = ?');
  const byName = db.prepare<PersonRow>('SELECT * FROM person WHERE folded = ?');
  const any = db.prepare('SELECT 1 FROM person LIMIT 1');
  const all = db.prepare<PersonRow>('SELECT * FROM person ORDER BY name');
  const change = db.prepare(
    `UPDATE person SET roles = ?, regions = ?, account = ?, enabled = ?, granted_alone = ?, password = ?, password_at = ?,
       totp = ?, totp_step = ? WHERE id = ?`,
  );
  return {
    add({ id, name, roles, regions, account, enabled, createdAt, grantedAlone }) {
      const shown = name.trim();
      const { changes } = put.run(
        ...[id, shown, folded(name), JSON.stringify(roles), JSON.stringify(regions), account],
        ...[Number(enabled), createdAt, Number(grantedAlone)],
      );
      return Number(changes) === 1;
    },
    change: (id, given) =>
      db.transaction(() => {
        const row = byId.get(id);
        if (row === undefined) return;
        const next = { ...withSecrets(row), ...given };
        change.run(
          ...[JSON.stringify(next.roles), JSON.stringify(next.regions), next.account, Number(next.enabled)],
          ...[Number(next.grantedAlone), next.password, next.passwordAt, next.totp, next.totpStep, id],
        );
      }),
    any: () => any.get() !== undefined,
    list: () => all.all().map(personOf),
    get(id) {
      const row = byId.get(id);
      return row === undefined ? undefined : withSecrets(row);
    },
    named(name) {
      const row = byName.get(folded(name));
      return row === undefined ? undefined : withSecrets(row);
    },
  };
}

interface GrantRow {
  id: number;
  person: string;
  roles: string;
  regions: string;
  account: string | null;
  asker: string;
  at: number;
  [column: string]: SqlValue;
}
const grantOf = ({ id, person, roles, regions, account, asker, at }: GrantRow): AskedGrant => ({
  ...{ id, person, account, at, by: asker },
  roles: JSON.parse(roles) as Role[],
  regions: JSON.parse(regions) as Scope['regions'],
});

function grantsIn(db: Db): Grants {
  const put = db.prepare(
    'INSERT INTO asked_grant (person, roles, regions, account, asker, at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const all = db.prepare<GrantRow>('SELECT * FROM asked_grant ORDER BY id');
  const take = db.prepare<GrantRow>('DELETE FROM asked_grant WHERE id = ? RETURNING *');
  return {
    ask(grant) {
      const { person, roles, regions, account, by, at } = grant;
      const { lastInsertRowid } = put.run(person, JSON.stringify(roles), JSON.stringify(regions), account, by, at);
      return { ...grant, id: Number(lastInsertRowid) };
    },
    list: () => all.all().map(grantOf),
    take(id) {
      const row = take.get(id);
      return row === undefined ? undefined : grantOf(row);
    },
  };
}

function sessionsIn(db: Db): Sessions {
  const put = db.prepare('INSERT INTO session (hash, person, opened_at, seen_at) VALUES (?, ?, ?, ?)');
  const get = db.prepare<{ person: string; opened_at: number; seen_at: number }>(
    'SELECT * FROM session WHERE hash = ?',
  );
  const seen = db.prepare('UPDATE session SET seen_at = max(seen_at, ?) WHERE hash = ?');
  const end = db.prepare('DELETE FROM session WHERE hash = ?');
  const endAll = db.prepare('DELETE FROM session WHERE person = ? AND hash <> ?');
  return {
    open: (hash, { person, openedAt, seenAt }) => void put.run(hash, person, openedAt, seenAt),
    get(hash) {
      const row = get.get(hash);
      return row && { person: row.person, openedAt: row.opened_at, seenAt: row.seen_at };
    },
    seen: (hash, at) => void seen.run(at, hash),
    end: (hash) => void end.run(hash),
    endAll: (person, but = '') => void endAll.run(person, but),
  };
}

function invitationsIn(db: Db): Invitations {
  const drop = db.prepare('DELETE FROM invitation WHERE person IS ?');
  const put = db.prepare('INSERT INTO invitation (hash, person, until) VALUES (?, ?, ?)');
  const get = db.prepare<{ person: string | null; until: number }>(
    'SELECT person, until FROM invitation WHERE hash = ?',
  );
  const take = db.prepare('DELETE FROM invitation WHERE hash = ?');
  return {
    add: (hash, { person, until }) =>
      db.transaction(() => {
        drop.run(person);
        put.run(hash, person, until);
      }),
    get: (hash) => get.get(hash),
    take: (hash) => Number(take.run(hash).changes) === 1,
  };
}

function triesIn(db: Db): Tries {
  const put = db.prepare('INSERT INTO try (key, at) VALUES (?, ?)');
  const count = db.prepare<{ n: number }>('SELECT count(*) AS n FROM try WHERE key = ? AND at > ?');
  const clear = db.prepare(
    'DELETE FROM try WHERE rowid IN (SELECT rowid FROM try WHERE key = ? ORDER BY rowid DESC LIMIT ?)',
  );
  const forget = db.prepare('DELETE FROM try WHERE at < ?');
  return {
    add: (key, at) => void put.run(key, at),
    count: (key, since) => count.get(key, since)?.n ?? 0,
    clear: (key, most = -1) => void clear.run(key, most),
    forget: (before) => void forget.run(before),
  };
}
