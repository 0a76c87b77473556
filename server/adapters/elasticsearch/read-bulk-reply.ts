/** What became of one row of a bulk request. */
export type Verdict =
  /** It is stored, or a version at least as new is; or it is gone, where that was asked. */
  | { readonly is: 'done' }
  /** Not now; `missing` where its index is gone and has to be made again. */
  | { readonly is: 'again'; readonly because: string; readonly missing: boolean }
  /** This row can never be stored. */
  | { readonly is: 'never'; readonly because: string }
  /** Every row would be refused like this one: the index is not as we made it, or we may not write. */
  | { readonly is: 'broken'; readonly because: string };

/**
 * One verdict a row, in order. Undefined where the reply does not account for every row sent, in order: then nothing is known
 * of any of them.
 */
export function readBulkReply(reply: unknown, ids: readonly string[]): readonly Verdict[] | undefined {
  const items = isRecord(reply) ? reply['items'] : undefined;
  if (!Array.isArray(items) || items.length !== ids.length) return undefined;
  const verdicts: Verdict[] = [];
  for (const [index, item] of (items as readonly unknown[]).entries()) {
    const removal = isRecord(item) && 'delete' in item;
    const result = isRecord(item) ? item[removal ? 'delete' : 'index'] : undefined;
    if (!isRecord(result) || result['_id'] !== ids[index] || typeof result['status'] !== 'number') return undefined;
    verdicts.push(verdictOn(removal, result['status'], result['error']));
  }
  return verdicts;
}

/** Types of refusal that tell of the index and not of the row. */
const NOT_THE_ROW: readonly string[] = ['strict_dynamic_mapping_exception', 'security_exception'];

function verdictOn(removal: boolean, status: number, error: unknown): Verdict {
  if (status >= 200 && status < 300) return { is: 'done' };
  if (removal && status === 404 && error === undefined) return { is: 'done' };
  const type = isRecord(error) && typeof error['type'] === 'string' ? error['type'] : `status ${status}`;
  const because = reasonOf(type, error);
  // Writes carry an external version and conflict only with one that is newer than theirs, so the newest is in place. Asking
  // again which version is stored could answer nothing else. A removal that meets a newer version has removed nothing.
  if (!removal && type === 'version_conflict_engine_exception') return { is: 'done' };
  if (NOT_THE_ROW.includes(type)) return { is: 'broken', because };
  if (status === 404) return { is: 'again', because, missing: true };
  // 403 is a write block (a disk past its flood mark, an index being closed): it ends without any change to the row.
  if (status === 429 || status === 403 || status === 409 || status >= 500 || type === 'index_closed_exception') {
    return { is: 'again', because, missing: false };
  }
  return { is: 'never', because };
}

function reasonOf(type: string, error: unknown): string {
  if (!isRecord(error)) return type;
  const cause = isRecord(error['caused_by']) ? error['caused_by']['reason'] : undefined;
  const reasons = [error['reason'], cause].filter((reason): reason is string => typeof reason === 'string');
  return `${type}: ${reasons.join('; ')}`.slice(0, 500);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
