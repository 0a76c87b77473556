import { fileRows } from '../pipelines/0-source/file.ts';
import type { FileOptions } from '../pipelines/0-source/file.ts';
import type { Detected } from '../pipelines/0-source/format.ts';
import { parse } from '../pipelines/1-intake/parse.ts';
import type { Post } from '../pipelines/domain/post.ts';
import { sayRepair } from '../pipelines/domain/repair.ts';
import type { Repair } from '../pipelines/domain/repair.ts';
import { postIdOf } from './adapters/inbox/post-id.ts';
import { fileTools } from './file-tools.ts';

export interface PreviewRow {
  readonly row: number;
  /** The post as it would be taken, without author and id of this deployment. */
  readonly post?: Partial<Post>;
  readonly repairs?: readonly Repair[];
  readonly repaired?: readonly string[];
  /** Why the row would be refused. */
  readonly because?: string;
  /** The row as it came, where it would be refused; at most 200 characters. */
  readonly raw?: string;
}

export interface Preview {
  readonly detected: Detected | undefined;
  readonly ignored: readonly string[];
  readonly rows: readonly PreviewRow[];
}

/**
 * The first rows of a file as posts, with what would be repaired or refused, and nothing kept: what a person looks at before a
 * mapping is saved. Author keys are left out, since nothing is pseudonymised here.
 * @throws SourceFault
 */
export async function previewRows(
  path: string,
  options: Omit<FileOptions, keyof typeof fileTools> & { readonly now: number },
  most = 20,
): Promise<Preview> {
  let detected: Detected | undefined;
  const ignored: string[] = [];
  const rows: PreviewRow[] = [];
  const read = fileRows(path, {
    ...fileTools,
    ...options,
    onDetected: (found) => (detected = found),
    onIgnored: (_, names) => ignored.push(...names),
  });
  for await (const row of read) {
    if ('broken' in row) rows.push({ row: row.row, because: row.broken, raw: row.raw.slice(0, 200) });
    else {
      const context = { source: '预览', now: options.now, postId: postIdOf, ...row.moments };
      const parsed = parse(row.value, context);
      if ('because' in parsed) rows.push({ row: row.row, because: parsed.because, raw: row.raw.slice(0, 200) });
      else {
        const { id: _id, author, ...post } = parsed.post;
        const repairs = [...(row.repairs ?? []), ...parsed.repairs];
        rows.push({
          row: row.row,
          post: { ...post, ...(author !== undefined && { author: { key: '', kind: author.kind } }) },
          repairs,
          repaired: repairs.map(sayRepair),
        });
      }
    }
    if (rows.length === most) break;
  }
  return { detected, ignored, rows };
}
