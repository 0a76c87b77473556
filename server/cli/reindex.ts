import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { understanding as judging } from '../../pipelines/pipeline.ts';
import { reindex, type ReindexMark } from '../reindex.ts';
import { lockFolder } from '../lock-folder.ts';
import { openPostStore } from '../open-store.ts';
import { openUnderstanding } from '../open-understanding.ts';
import { EXIT, type Streams } from './lines.ts';
import type { OfficeFlags } from './office-flags.ts';
import { readOffice } from './read-office.ts';

const SAY_EVERY = 10_000;

/** `wenbida reindex`: after another tokeniser or another list of places. Goes on where an earlier run was stopped. */
export async function reindexCommand(flags: OfficeFlags, streams: Streams): Promise<number> {
  const { config, understanding } = readOffice(flags);
  // Words are cut anew by the names as they are now.
  const { indexedPlaces, ...office } = understanding;
  const free = lockFolder(config.varDir);
  const path = join(config.varDir, 'reindex.json');
  const store = await openPostStore(config);
  try {
    const { parts, stamp } = await openUnderstanding(office);
    const mark = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ReindexMark) : undefined;
    if (mark?.stamp === stamp) streams.stderr.write(`接着上次，已有 ${mark.done} 条\n`);
    let said = mark?.stamp === stamp ? mark.done : 0;
    const { posts, refused } = await reindex({
      ...{ store, stamp, mark },
      understand: judging(parts),
      keep(now) {
        if (now === undefined) rmSync(path, { force: true });
        else {
          // Beside and renamed: a kill must not leave half of it.
          writeFileSync(`${path}.new`, JSON.stringify(now));
          renameSync(`${path}.new`, path);
          if (now.done - said < SAY_EVERY) return;
          said = now.done;
          streams.stderr.write(`已重建 ${now.done} 条\n`);
        }
      },
    });
    if (indexedPlaces !== undefined) rmSync(indexedPlaces, { force: true });
    streams.stdout.write(`${JSON.stringify({ posts, refused, stamp })}\n`);
    streams.stderr.write(`重建完成：${posts} 条\n`);
    return refused > 0 ? EXIT.rejected : EXIT.ok;
  } finally {
    await store.close();
    free();
  }
}
