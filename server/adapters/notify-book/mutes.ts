import type { Mute } from '../../../pipelines/domain/mute.ts';
import type { MuteBook } from '../../../pipelines/ports/mute-book.ts';
import type { Db } from '../sqlite/open-db.ts';

interface Row {
  readonly id: number;
  readonly body: string;
  readonly ended_at: number | null;
  readonly ended_by: string | null;
}

export function muteBook(db: Db): MuteBook {
  const put = db.prepare('INSERT INTO mute (body, until) VALUES (?, ?)');
  const end = db.prepare('UPDATE mute SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL AND until > ?1');
  const list = db.prepare<Row>('SELECT id, body, ended_at, ended_by FROM mute ORDER BY id DESC LIMIT ?');
  return {
    add(mute) {
      const { lastInsertRowid } = put.run(JSON.stringify(mute), mute.until);
      return { ...mute, id: Number(lastInsertRowid), ended: null };
    },
    end: (id, by, at) => Number(end.run(at, by, id).changes) > 0,
    list: (limit) =>
      list.all(limit).map(({ id, body, ended_at, ended_by }) => ({
        ...(JSON.parse(body) as Omit<Mute, 'id' | 'ended'>),
        id,
        ended: ended_at === null ? null : { at: ended_at, by: ended_by ?? '' },
      })),
  };
}
