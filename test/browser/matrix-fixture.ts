import { join } from 'node:path';
import { packageRoot } from '../../server/package-root.ts';
import { readAccounts } from '../../server/adapters/accounts/read-accounts.ts';
import { anHttpApp } from '../seeds/http.ts';
import { fakeServices } from '../seeds/services.ts';
import { aMatrixOffice, CITY } from '../seeds/matrix-office.ts';
import type { Account } from '../../pipelines/domain/account.ts';

/** The page 矩阵 over the real matrix and the real HTTP edge; the rest of the server is quiet. */
export class MatrixFixture {
  url = '';
  readonly held: ReturnType<typeof aMatrixOffice>;
  /** Whether reading the matrix fails. */
  broken = false;
  #close: () => Promise<void> = () => Promise.resolve();

  constructor(accounts: readonly Account[]) {
    this.held = aMatrixOffice({}, accounts);
  }

  static async start(dir: string, accounts: readonly Account[] = CITY): Promise<MatrixFixture> {
    const fixture = new MatrixFixture(accounts);
    const { services } = fixture.held;
    const app = await anHttpApp({
      services: fakeServices({
        matrix: {
          ...services,
          page: (...asked) => {
            if (fixture.broken) throw new Error('broken');
            return services.page(...asked);
          },
        },
      }),
      config: { port: 0 },
      webDir: dir,
    });
    await app.listen({ host: '127.0.0.1', port: 0 });
    const address = app.server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    fixture.url = `http://127.0.0.1:${address.port}`;
    fixture.#close = () => app.close();
    return fixture;
  }

  async stop(): Promise<void> {
    await this.#close();
    this.held.close();
  }
}

/** The drill's own matrix: a page as full as an office's. */
export const drillAccounts = (): readonly Account[] => readAccounts(join(packageRoot(), 'accounts/luoyang.json'));
