import { urlWithoutAuthor } from '../../pipelines/1-intake/url-without-author.ts';
import type { PostId } from '../../pipelines/domain/post.ts';
import type { PostStore } from '../../pipelines/ports/post-store.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { openFrontDoor, type FrontDoor } from '../front-door.ts';
import { applyErasures } from '../jobs/erase.ts';
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
    const authors = author === undefined ? [] : front.pseudonyms.everyKeyed(`${platform ?? ''}|${author}`);
    const posts = url === undefined ? front.inbox.authors.postsOf(authors) : await postsAt(url, front, store);
    const now = systemClock.now();
    front.door.accesses.add({
      at: now,
      who,
      why,
      what: 'erase',
      subject: `${author === undefined ? 'url' : 'author'} ${posts.length}`,
    });
    const from = front.erased.posts().length;
    front.erased.add(posts, authors, now);
    const { inbox, erased } = front;
    await applyErasures({ erased, inbox, counts: front.door.counts, store }, from);
    inbox.authors.forget(0);
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

/** In the store, and among what still waits to be indexed. */
async function postsAt(url: string, { inbox }: FrontDoor, store: PostStore): Promise<PostId[]> {
  const shown = urlWithoutAuthor(url, undefined) ?? url;
  const found = new Set<PostId>();
  for (const address of new Set([url, shown])) {
    let after: string | undefined;
    do {
      const page = await store.find({ url: address, limit: 200, ...(after !== undefined && { after }) });
      for (const { id } of page.posts) found.add(id);
      after = page.next;
    } while (after !== undefined);
  }
  for (let at = inbox.passed('index'); ;) {
    const rows = inbox.read(at, 1_000);
    for (const { post } of rows) if (post.url === url || post.url === shown) found.add(post.id);
    const last = rows.at(-1);
    if (last === undefined) return [...found];
    at = last.offset;
  }
}
