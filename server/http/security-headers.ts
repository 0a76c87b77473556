import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import { HttpFault } from './faults.ts';
import { hostOf, isOurHost, portOf } from './same-machine.ts';

/** The policy of a page that may load nothing and run nothing. */
export const NOTHING_ALLOWED =
  "default-src 'none';object-src 'none';base-uri 'none';frame-ancestors 'none';form-action 'none'";

/** Strict headers on every answer, then the Host check, so that a refusal carries the headers too. */
export async function secure(app: FastifyInstance, wishedPort: number, publicUrl?: string): Promise<void> {
  const publicHost = hostOf(publicUrl);
  const isOurs = (host: string | undefined): host is string => isOurHost(host, port(), publicHost);
  const port = (): number | undefined => portOf(app.server.address());
  await app.register(helmet, {
    global: true,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        // Not every browser takes 'self' to cover ws: of the same host, so it is named; only after the name was checked.
        connectSrc: [
          "'self'",
          (request) => {
            const { host } = request.headers;
            if (!isOurs(host)) return "'self'";
            return `${host.toLowerCase() === publicHost ? 'wss' : 'ws'}://${host}`;
          },
        ],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    // Plain HTTP on loopback: a promise of HTTPS would lock the browser out of every other port of this machine.
    strictTransportSecurity: publicUrl === undefined ? false : { maxAge: 31_536_000, includeSubDomains: false },
  });
  app.addHook('onRequest', async (request) => {
    if (isOurs(request.headers.host)) return;
    throw new HttpFault(
      421,
      'foreign_host',
      `this server answers only on this machine, as localhost or 127.0.0.1 with its own port; open ${publicUrl ?? `http://127.0.0.1:${port() ?? wishedPort}/`} instead.`,
      { where: 'headers.host' },
    );
  });
}
