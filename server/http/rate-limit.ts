import type { FastifyRequest } from 'fastify';
import type { Clock } from '../../pipelines/ports/clock.ts';
import { HttpFault } from './faults.ts';

const SENDERS_KEPT = 10_000;

/**
 * For forms that need no sign-in: so many a minute from one address, and a hundred times so many from all. Bounded in memory; the
 * address is kept for that minute and nowhere else.
 * @throws HttpFault 429
 */
export function rateLimit(clock: Clock, perMinute: number): (request: FastifyRequest) => Promise<void> {
  let minute = 0;
  let all = 0;
  let senders = new Map<string, number>();
  return async (request) => {
    const now = Math.floor(clock.now() / 60_000);
    if (now !== minute) {
      minute = now;
      all = 0;
      senders = new Map();
    }
    const sent = (senders.get(request.ip) ?? 0) + 1;
    all++;
    if (senders.size < SENDERS_KEPT || senders.has(request.ip)) senders.set(request.ip, sent);
    if (sent <= perMinute && all <= perMinute * 100) return;
    throw new HttpFault(429, 'too_many', '提交得太快了，请过一分钟再试', { headers: { 'retry-after': '60' } });
  };
}
