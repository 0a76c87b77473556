import { SourceFault } from '../pipelines/0-source/bytes.ts';
import { FORMATS, fileRows, streamRows } from '../pipelines/0-source/file.ts';
import { followFolder } from '../pipelines/0-source/follow-folder.ts';
import type { Mapping } from '../pipelines/0-source/mapping.ts';
import type { Intake } from '../pipelines/1-intake/take-in.ts';
import type { Checkpoints } from '../pipelines/ports/checkpoints.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import { InboxFull } from '../pipelines/ports/inbox.ts';
import type { SourceAbout } from '../pipelines/ports/source-book.ts';
import { fileTools } from './file-tools.ts';

export interface WatchParts {
  readonly accept: Intake['accept'];
  readonly checkpoints: Checkpoints;
  /** The machine's own, also in a drill: files carry its times. */
  readonly clock: Clock;
  /** Tables the user drew, to be recognised by. */
  readonly mappings: readonly Mapping[];
  /** Kept from look to look, one a source. */
  readonly faults: Map<string, number>;
  readonly onOutcomes?: (outcomes: Awaited<ReturnType<Intake['accept']>>) => void;
}

/**
 * One look at a watched folder. Answers how many files it has, or why it can't be read just now: the next look tries again.
 * @throws faults of the inbox other than a full disk
 */
export async function lookInto(
  source: Pick<SourceAbout, 'name' | 'place' | 'format'>,
  parts: WatchParts,
): Promise<{ readonly files: number; readonly took: boolean } | { readonly trouble: string }> {
  const { name, place, format } = source;
  if (place === undefined) return { trouble: '没有写明文件夹的路径' };
  const known = (['auto', ...FORMATS] as const).find((word) => word === (format ?? 'auto'));
  if (known === undefined) return { trouble: `格式“${format}”认不出，只能是 ${FORMATS.join('、')} 之一` };
  const now = parts.clock.now();
  const reading = { ...fileTools, format: known, now, mappings: parts.mappings };
  const troubles: string[] = [];
  try {
    const looked = await followFolder(
      {
        source: name,
        dir: place,
        checkpoints: parts.checkpoints,
        faults: parts.faults,
        onFault: (path, error) =>
          troubles.push(error instanceof SourceFault ? error.message : `文件 ${path} 读不下去：${error.message}`),
        wholeRows: (path) => fileRows(path, reading),
        partRows: (path, bytes) => streamRows(path, bytes, { ...reading, until: now }),
        take: async (rows) => {
          parts.onOutcomes?.(await parts.accept(rows, name, undefined, 'folder'));
        },
      },
      now,
    );
    return troubles[0] === undefined ? looked : { trouble: troubles[0] };
  } catch (error) {
    if (error instanceof InboxFull) {
      return { trouble: error.message };
    }
    if (error instanceof Error && 'syscall' in error) return { trouble: `文件夹 ${place} 读不了：${error.message}` };
    throw error;
  }
}
