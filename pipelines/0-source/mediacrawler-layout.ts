/** What one table of MediaCrawler holds, and what its columns mean. */
export interface Layout {
  readonly platform: string;
  readonly what: 'content' | 'comment';
  /** For people: 微博 帖子. */
  readonly name: string;
  /** Tables of its SQLite and MySQL stores. */
  readonly tables: readonly string[];
  /** Columns in order since 2026-07; older files lack creator_hash and have more. */
  readonly columns: readonly string[];
  /** Columns that together tell it from every other layout, in old files as well. */
  readonly marks: readonly string[];
  /** Where each part of a post is; `text` may be several, the first that says something counts. */
  readonly id: string;
  readonly title?: string;
  readonly text: readonly string[];
  readonly time: readonly string[];
  readonly url?: string;
  readonly counts: Readonly<Record<string, string>>;
  /** For comments: the work they stand under, and the comment they answer. */
  readonly under?: string;
  readonly answers?: string;
}

/** Names of columns as they stand in a header, with blanks between them. */
export const list = (columns: string): readonly string[] => columns.split(' ');
