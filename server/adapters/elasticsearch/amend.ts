import type { Client } from '@elastic/elasticsearch';
import { storable, wholeCount } from '../../../pipelines/domain/post-document.ts';
import type { PostDocument } from '../../../pipelines/domain/post-document.ts';
import type { PostId } from '../../../pipelines/domain/post.ts';
import { StoreUnavailable } from '../../../pipelines/ports/post-store.ts';
import type { Amendment } from '../../../pipelines/ports/post-store.ts';
import type { BulkRow, BulkWriter } from './bulk-writer.ts';
import type { PostIndices } from './post-indices.ts';

const IDS_A_QUESTION = 500;

/**
 * Reads the documents, changes them and writes them whole under their own version: a newer one that the indexer wrote meanwhile
 * wins. Scripted updates are not used, because Elasticsearch may apply one twice. Erasing goes by id and not by query, which would
 * leave a document that is written at the same moment.
 */
export async function amendPosts(
  client: Client,
  indices: PostIndices,
  writer: BulkWriter,
  amendments: readonly Amendment[],
): Promise<readonly PostId[]> {
  const found = new Map<string, { readonly index: string; document: PostDocument }>();
  const ids = [...new Set(amendments.map(({ id }) => id))];
  const refresh = () =>
    client.indices.refresh({ index: indices.pattern, ignore_unavailable: true, allow_no_indices: true });
  await refresh();
  for (let at = 0; at < ids.length; at += IDS_A_QUESTION) {
    const values = ids.slice(at, at + IDS_A_QUESTION);
    const answer = await client.search<PostDocument>({
      index: indices.pattern,
      allow_no_indices: true,
      allow_partial_search_results: false,
      query: { ids: { values } },
      size: values.length,
      track_total_hits: false,
    });
    for (const { _id, _index, _source } of answer.hits.hits)
      if (_id !== undefined && _source !== undefined) found.set(_id, { index: _index, document: _source });
  }
  const erased = new Set<string>();
  const changed = new Set<string>();
  for (const amendment of amendments) {
    const held = found.get(amendment.id);
    if (held === undefined) continue;
    if ('erased' in amendment) erased.add(amendment.id);
    else {
      held.document = amended(held.document, amendment);
      changed.add(amendment.id);
    }
  }
  const rows = [...new Set([...changed, ...erased])].flatMap((id): BulkRow[] => {
    const held = found.get(id);
    if (held === undefined) return [];
    const { index, document } = held;
    if (erased.has(id)) return [{ id, index, erased: true }];
    return [{ id, index, version: Math.max(0, document.seenAt), json: JSON.stringify(document) }];
  });
  const refused = await writer.write(rows);
  if (refused[0] !== undefined) throw new StoreUnavailable(`an amended post was refused: ${refused[0].because}`);
  // Until then a search still shows what was erased.
  if (erased.size > 0) await refresh();
  return ids.filter((id) => !found.has(id));
}

function amended(document: PostDocument, amendment: Exclude<Amendment, { readonly erased: true }>): PostDocument {
  if ('counts' in amendment) {
    const counts = { ...document.counts };
    for (const name of ['like', 'comment', 'repost', 'view'] as const)
      if (amendment.counts[name] !== undefined) counts[name] = wholeCount(amendment.counts[name]);
    return { ...document, counts };
  }
  const { title: _title, ...rest } = document;
  const { text, title } = amendment;
  return { ...rest, text: storable(text), ...(title === undefined ? {} : { title: storable(title) }) };
}
