import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';

/** Every entry of a zip file as text, by name. */
export async function readZipEntries(bytes: Uint8Array): Promise<ReadonlyMap<string, string>> {
  const zip = await fromBufferPromise(Buffer.from(bytes), { lazyEntries: true });
  const entries = new Map<string, string>();
  for await (const entry of zip.eachEntry())
    entries.set(entry.fileName, (await buffer(await zip.openReadStreamPromise(entry))).toString('utf8'));
  return entries;
}
