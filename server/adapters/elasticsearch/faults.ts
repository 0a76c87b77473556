import { errors } from '@elastic/elasticsearch';
import { StoreUnavailable } from '../../../pipelines/ports/post-store.ts';

/** The HTTP status of a refusal by the server itself; undefined where no whole answer came. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof errors.ResponseError ? error.statusCode : undefined;

/** True where the same request may go well a little later: no answer, half an answer, overload, or a server's own fault. */
export function isPassing(error: unknown): boolean {
  if (error instanceof errors.ResponseError) {
    const status = error.statusCode ?? 0;
    return status === 429 || status >= 500;
  }
  return (
    error instanceof errors.ConnectionError ||
    error instanceof errors.TimeoutError ||
    error instanceof errors.NoLivingConnectionsError ||
    error instanceof errors.DeserializationError
  );
}

/** True where the server says it has too much to do: send less. */
export const isOverload = (error: unknown): boolean => [429, 503].includes(statusOf(error) ?? 0);

/** Says what was being done, what came, and where there is one, the remedy. */
export function unavailable(doing: string, cause: unknown): StoreUnavailable {
  if (cause instanceof StoreUnavailable) return cause;
  const status = statusOf(cause);
  if (status === 401 || status === 403) {
    return new StoreUnavailable(
      `${doing}: Elasticsearch refuses our credentials (${status}); ` +
        'set ELASTICSEARCH_API_KEY, or user:password in ELASTICSEARCH_URL',
      { cause },
    );
  }
  const message = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return new StoreUnavailable(`${doing}: ${message.slice(0, 500)}`, { cause });
}
