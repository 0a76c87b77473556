import { Client } from '@elastic/elasticsearch';
import type { Patience } from './bulk-writer.ts';

export interface ElasticsearchOptions {
  /** http or https, with user:password where the cluster wants them. */
  readonly url: string;
  /** Takes the place of user and password. */
  readonly apiKey?: string;
  /** What all names begin with, default `wenbida`. */
  readonly prefix?: string;
  /** Copies of each index on other nodes: 0 (default) for a single node. */
  readonly replicas?: number;
  /** How long one request may take, default 30,000 ms. */
  readonly requestTimeoutMs?: number;
  /** How waits are made; tests hand in their own. */
  readonly patience?: Partial<Patience>;
}

export function clientOf({ url, apiKey, requestTimeoutMs = 30_000 }: ElasticsearchOptions): Client {
  const { origin, pathname, username, password } = new URL(url);
  const auth = apiKey !== undefined ? { apiKey } : basicOf(username, password);
  // Retries are the writer's: it knows which rows are safe and how long to wait.
  return new Client({
    node: `${origin}${pathname}`,
    ...(auth ? { auth } : {}),
    maxRetries: 0,
    requestTimeout: requestTimeoutMs,
  });
}

const basicOf = (username: string, password: string): { username: string; password: string } | undefined =>
  username === '' ? undefined : { username: decodeURIComponent(username), password: decodeURIComponent(password) };
