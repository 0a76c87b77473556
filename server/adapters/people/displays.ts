import type { Display } from '../../../pipelines/domain/person.ts';
import type { Displays } from '../../../pipelines/ports/people.ts';
import type { Db, SqlValue } from '../sqlite/open-db.ts';

interface Row {
  id: number;
  name: string;
  region: string;
  created_at: number;
  last_at: number | null;
  [column: string]: SqlValue;
}
const displayOf = ({ id, name, region, created_at: createdAt, last_at: lastAt }: Row): Display => ({
  ...{ id, name, createdAt, lastAt },
  region: region as Display['region'],
});

/** Wall screens, by the hash of their token. */
export function displaysIn(db: Db): Displays {
  const put = db.prepare<Row>('INSERT INTO display (hash, name, region, created_at) VALUES (?, ?, ?, ?) RETURNING *');
  const all = db.prepare<Row>('SELECT * FROM display ORDER BY name, id');
  const get = db.prepare<Row>('SELECT * FROM display WHERE hash = ?');
  const seen = db.prepare('UPDATE display SET last_at = ? WHERE id = ?');
  const drop = db.prepare('DELETE FROM display WHERE id = ?');
  return {
    add: (hash, { name, region, createdAt }) => displayOf(put.get(hash, name, region, createdAt)!),
    list: () => all.all().map(displayOf),
    get(hash) {
      const row = get.get(hash);
      return row === undefined ? undefined : displayOf(row);
    },
    seen: (id, at) => void seen.run(at, id),
    remove: (id) => Number(drop.run(id).changes) === 1,
  };
}
