import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { IncidentId } from '../../../pipelines/domain/incident.ts';
import { openLinkSigner } from '../../../server/adapters/secrets/link-signer.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'links-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const LINK = { incident: '事件|1' as IncidentId, account: 'heating', expires: 1_800_000_000_000 };

test('a link opens what it was signed for, also after a restart, and its key is for the owner only', () => {
  const token = openLinkSigner(dir).sign(LINK);
  expect(token).toMatch(/^[\w-]+\.[\w-]+$/);
  expect(openLinkSigner(dir).read(token)).toEqual(LINK);
  expect(statSync(join(dir, 'keys', 'links.key')).mode & 0o777).toBe(0o600);
});

test('a link that was changed in any place, cut, or signed elsewhere opens nothing', () => {
  const signer = openLinkSigner(dir);
  const token = signer.sign(LINK);
  for (let at = 0; at < token.length; at++) {
    // The last character of each part holds bits that base64url does not use.
    const changed = token[at] === 'A' ? 'Q' : 'A';
    const forged = `${token.slice(0, at)}${changed}${token.slice(at + 1)}`;
    const read = signer.read(forged);
    expect(read === undefined || forged === token, `changed at ${at}`).toBe(true);
  }
  for (const not of ['', '.', token.slice(1), `${token}A`, token.replace('.', ''), 'a'.repeat(5000)])
    expect(signer.read(not)).toBeUndefined();
  const elsewhere = mkdtempSync(join(tmpdir(), 'links-'));
  expect(openLinkSigner(elsewhere).read(token)).toBeUndefined();
  rmSync(elsewhere, { recursive: true });
});

test('a key file that is none is named, with what to do', () => {
  openLinkSigner(dir);
  writeFileSync(join(dir, 'keys', 'links.key'), 'not a key');
  expect(() => openLinkSigner(dir)).toThrow(/links\.key.*已发出的链接随之作废/);
});
