import type { FastifyInstance } from 'fastify';
import { buildHttp, type HttpParts } from '../../server/http/build-http.ts';
import { attachLive, type Gateway, type LivePace } from '../../server/live/gateway.ts';
import { aPeopleArea } from './people.ts';
import { AT, fakeServices, type FakeServices } from './services.ts';

/** A token that the seeded app knows; its source is called feed. */
export const TOKEN = 'a-token-of-the-feed';

const CLOCK = { now: () => Date.parse(AT) };

/** The HTTP edge over fake services, not listening. */
export function anHttpApp(given: Partial<HttpParts> = {}): Promise<FastifyInstance> {
  return buildHttp({
    services: fakeServices(),
    config: { port: 8080 },
    clock: CLOCK,
    people: aPeopleArea({ clock: CLOCK }).area,
    regionName: (code) => code,
    tokens: { sourceOf: (token) => (token === TOKEN ? 'feed' : undefined), count: () => 1 },
    ...given,
  });
}

export interface LiveApp {
  readonly app: FastifyInstance;
  readonly gateway: Gateway;
  readonly url: string;
  readonly port: number;
}

/** The same with the socket, listening on a free port. */
export async function aLiveApp(services: FakeServices, pace: Partial<LivePace> = {}): Promise<LiveApp> {
  const app = await anHttpApp({ services });
  const gateway = attachLive(app, { services, pace });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { app, gateway, url, port: Number(new URL(url).port) };
}
