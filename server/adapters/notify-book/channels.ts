import type { ChannelAbout, ChannelTarget } from '../../../pipelines/domain/notify-channel.ts';
import { showTarget } from '../../../pipelines/domain/show-target.ts';
import type { ChannelBook, ChannelEntry } from '../../../pipelines/ports/channel-book.ts';
import type { SecretBox } from '../../../pipelines/ports/secret-box.ts';
import type { Db } from '../sqlite/open-db.ts';

interface Row {
  readonly id: string;
  readonly about: string;
  readonly sealed: string;
}

export function channelBook(db: Db, box: SecretBox): ChannelBook {
  const all = db.prepare<Pick<Row, 'about'>>('SELECT about FROM channel ORDER BY name');
  const one = db.prepare<Row>('SELECT id, about, sealed FROM channel WHERE id = ?');
  const named = db.prepare<{ id: string }>('SELECT id FROM channel WHERE name = ?');
  const put = db.prepare('INSERT OR REPLACE INTO channel (id, name, about, sealed) VALUES (?, ?, ?, ?)');
  const drop = db.prepare('DELETE FROM channel WHERE id = ?');
  const write = ({ target, ...about }: ChannelEntry): void => {
    const shown: ChannelAbout = { ...about, ...showTarget(target) };
    put.run(about.id, about.name, JSON.stringify(shown), box.seal(JSON.stringify(target)));
  };
  const targetOf = (row: Row): ChannelTarget => JSON.parse(box.open(row.sealed)) as ChannelTarget;
  return {
    add: (entry) =>
      db.transaction(() => {
        if (one.get(entry.id) !== undefined || named.get(entry.name) !== undefined) return false;
        write(entry);
        return true;
      }),
    change: (id, change) =>
      db.transaction(() => {
        const row = one.get(id);
        if (row === undefined) return false;
        const holder = change.name === undefined ? undefined : named.get(change.name);
        if (holder !== undefined && holder.id !== id) return false;
        write({ ...(JSON.parse(row.about) as ChannelAbout), target: targetOf(row), ...change });
        return true;
      }),
    remove: (id) => Number(drop.run(id).changes) > 0,
    list: () => all.all().map(({ about }) => JSON.parse(about) as ChannelAbout),
    target(id) {
      const row = one.get(id);
      return row === undefined ? undefined : targetOf(row);
    },
  };
}
