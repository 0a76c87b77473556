import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits that are shown once; only the hash is kept. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** A token is as long as a key, so one plain hash is enough; there is nothing to guess. */
export const hashOf = (token: string): string => createHash('sha256').update(token, 'utf8').digest('hex');
