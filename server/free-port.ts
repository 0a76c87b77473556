import { createServer } from 'node:net';

/** One sentence with the remedy. */
export const portInUse = (host: string, port: number, cause: unknown): Error =>
  new Error(`port ${port} on ${host} is in use: stop the other program or start with --port N`, { cause });

/**
 * Asked before anything is opened or cleared: a second start must not touch what the first one is using.
 * @throws Error in one sentence where another program listens there; what else is wrong, listening itself will say.
 */
export async function checkPortIsFree(host: string, port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') reject(portInUse(host, port, error));
      else resolve();
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
