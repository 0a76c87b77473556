/** How far a followed file has been read. */
export interface Checkpoint {
  /** Device and inode: a file renamed stays known, a new file under an old name is new. */
  readonly file: string;
  /** Bytes read, all of them whole lines. */
  readonly offset: number;
  /** Lines read. */
  readonly row: number;
  /** sha256 of the file's first bytes, at most 1 KiB and at most `offset`: a file cut short and written again is new. */
  readonly head: string;
  /** For files that are read whole: size and mtime at that time. */
  readonly whole?: string;
}

export interface Checkpoints {
  get(source: string, path: string): Checkpoint | undefined;
  /** The checkpoint of a file known under another path of the same source: it was renamed. */
  renamed(source: string, file: string): { readonly path: string; readonly checkpoint: Checkpoint } | undefined;
  keep(source: string, path: string, checkpoint: Checkpoint): void;
  forget(source: string, path: string): void;
}
