import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openEmbeddedStore } from '../../../server/adapters/embedded/embedded-store.ts';
import { openDb } from '../../../server/adapters/sqlite/open-db.ts';
import { StoreUnavailable } from '../../../pipelines/ports/post-store.ts';
import { aFoldedPost, id } from '../../suites/post-seeds.ts';
import { openIncidentFile } from '../../../server/adapters/embedded/incident-file.ts';
import { incidentStoreSuite } from '../../suites/incident-store-suite.ts';
import { postStoreSuite } from '../../suites/post-store-suite.ts';

const aFolder = () => mkdtempSync(join(tmpdir(), 'wenbida-embedded-'));

describe('the embedded store', () => {
  postStoreSuite(() => {
    const dir = aFolder();
    return {
      store: () => openEmbeddedStore({ dir }),
      settle: async () => undefined,
      clear: async () => rmSync(dir, { recursive: true, force: true }),
    };
  });
});

describe('the embedded incidents', () => {
  incidentStoreSuite(() => {
    const dir = aFolder();
    return {
      store: () => openIncidentFile(join(dir, 'incidents.db')),
      settle: async () => undefined,
      clear: async () => rmSync(dir, { recursive: true, force: true }),
    };
  });
});

describe('the embedded store alone', () => {
  let dir: string;
  beforeEach(() => {
    dir = aFolder();
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  test('before it is opened it says so', async () => {
    const store = openEmbeddedStore({ dir });
    await expect(store.count()).rejects.toThrow('call open(stamp) first');
    await store.close();
  });

  test('after closing it is unavailable, and closing again does nothing', async () => {
    const store = openEmbeddedStore({ dir });
    await store.open('stamp');
    await store.close();
    await store.close();
    await expect(store.save([aFoldedPost({ id: id('a') })])).rejects.toBeInstanceOf(StoreUnavailable);
  });

  test('a batch that the file cannot take is unavailable, and all of it can be saved later', async () => {
    const store = openEmbeddedStore({ dir });
    await store.open('stamp');
    const other = openDb(join(dir, 'posts.db'));
    other.exec("CREATE TRIGGER full BEFORE INSERT ON post WHEN new.id = 'b' BEGIN SELECT raise(ABORT, 'no room'); END");
    const batch = ['a', 'b', 'c'].map((name) => aFoldedPost({ id: id(name) }));
    await expect(store.save(batch)).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await store.count()).toBe(0);
    other.exec('DROP TRIGGER full');
    other.close();
    expect(await store.save(batch)).toEqual([]);
    expect(await store.count()).toBe(3);
    await store.close();
  });

  test('a folder that cannot be made is named', async () => {
    const file = join(dir, 'a-file');
    writeFileSync(file, '');
    const store = openEmbeddedStore({ dir: join(file, 'below') });
    await expect(store.open('stamp')).rejects.toThrow(/a-file\/below/);
    await store.close();
  });
});
