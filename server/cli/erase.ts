import { systemClock } from '../adapters/system-clock.ts';
import { eraseFound, findToErase } from '../erase-posts.ts';
import { openFrontDoor } from '../front-door.ts';
import { openPostStore } from '../open-store.ts';
import { openUnderstanding } from '../open-understanding.ts';
import { EXIT, type Streams } from './lines.ts';
import type { OfficeFlags } from './office-flags.ts';
import { readOffice } from './read-office.ts';

export interface EraseFlags extends OfficeFlags {
  readonly url?: string;
  readonly author?: string;
  readonly platform?: string;
  readonly who?: string;
  readonly why?: string;
}

/**
 * Erases one post by its address, or all posts of one author by the id the platform gave them. That id is only made into its
 * pseudonyms here, in memory; it is written nowhere. A tombstone keeps what was erased from coming back by an import, a replay or a
 * restore.
 */
export async function eraseCommand(flags: EraseFlags, streams: Streams): Promise<number> {
  const { url, author, platform, who, why } = flags;
  if ((url === undefined) === (author === undefined)) {
    streams.stderr.write('请给出 --url 或 --author 之一\n');
    return EXIT.usage;
  }
  if (author !== undefined && platform === undefined) {
    streams.stderr.write('按作者抹除要用 --platform 写明平台，与帖文里的 platform 一致\n');
    return EXIT.usage;
  }
  if (who === undefined || why === undefined) {
    streams.stderr.write('请用 --who 与 --why 写明何人因何抹除，会记入操作记录\n');
    return EXIT.usage;
  }
  const { config, understanding } = readOffice(flags);
  const front = openFrontDoor(config.varDir, systemClock, config.retentionDays);
  const store = await openPostStore(config);
  try {
    await store.open((await openUnderstanding(understanding)).stamp);
    const asked = url === undefined ? { author: author ?? '', platform: platform ?? '' } : { url };
    const found = await findToErase(asked, front, store);
    await eraseFound(found, { who, why, at: systemClock.now() }, front, store);
    const { posts } = found;
    streams.stdout.write(`${JSON.stringify({ erased: posts.length })}\n`);
    streams.stderr.write(
      posts.length === 0
        ? '没有找到；若已超过保留期，作者与帖文的对应已销毁，请改用 --url\n'
        : `已抹除 ${posts.length} 条；再导入、重放或恢复备份时也不再收\n`,
    );
    return EXIT.ok;
  } finally {
    await store.close();
    await front.close();
  }
}
