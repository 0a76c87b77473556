import { createHash } from 'node:crypto';
import type { PostId } from '../../../pipelines/domain/post.ts';

/** sha256 of "platform|native id" in hex: any replay of the same post gets the same id. */
export const postIdOf = (platform: string, nativeId: string): PostId =>
  createHash('sha256').update(`${platform}|${nativeId}`).digest('hex') as PostId;

const HEX = /^[0-9a-f]{64}$/;

/** 16 bytes to remember a post by: at a billion posts two share them with a chance of one in 10²⁰. */
export function rememberedAs(id: string): Uint8Array {
  const bytes = HEX.test(id) ? Buffer.from(id.slice(0, 32), 'hex') : createHash('sha256').update(id).digest();
  return bytes.subarray(0, 16);
}
