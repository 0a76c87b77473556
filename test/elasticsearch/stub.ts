import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong with one bulk request. */
export type BulkFault =
  /** Every nth row is refused with this status, the others are kept. */
  | { readonly items: number; readonly every: number; readonly type?: string }
  /** The request is refused with this status. */
  | { readonly whole: number }
  | 'reset before'
  | 'reset after'
  | 'hang'
  | 'cut in half'
  | 'one item short'
  | 'none';

export interface StubElasticsearch {
  readonly url: string;
  /** Faults of the next bulk requests, in order; then none. */
  readonly faults: BulkFault[];
  /** Posts by id, over all indices. */
  readonly documents: Documents;
  /** Incidents by id: kept without faults, so that faults on cue meet the posts they are meant for. */
  readonly incidents: Documents;
  /** Rows in each bulk request so far. */
  readonly requests: number[];
  /** Rows whose text has this are refused as unreadable. */
  poison: string;
  /** A body over this is refused as too large. */
  mostBytes: number;
  /** Whether poison makes the server refuse the whole request. */
  refuseWhole: boolean;
  stop(): Promise<void>;
}

export type Documents = Map<string, Row>;

export interface StubGiven {
  /** Default: a free one. */
  readonly port?: number;
  /** What one that went away had kept. */
  readonly documents?: Documents;
}

interface Row {
  readonly id: string;
  readonly index: string;
  readonly version: number;
  readonly text: string;
  /** The whole document; undefined where the row removes it. */
  readonly source: unknown;
}

/** As much of Elasticsearch as the bulk writer and amending meet, with faults on cue. It keeps versions as the real one does. */
export async function startStub(given: StubGiven = {}): Promise<StubElasticsearch> {
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // A client that hung up, or was cut off by stop(), leaves half a request behind.
      if (!request.destroyed) throw error;
    });
  });
  await new Promise<void>((resolve) => server.listen(given.port ?? 0, '127.0.0.1', resolve));
  const stub: StubElasticsearch = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults: [],
    documents: given.documents ?? new Map<never, never>(),
    incidents: new Map<never, never>(),
    requests: [],
    poison: '\u0001',
    mostBytes: 1e9,
    refuseWhole: false,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return stub;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const say = (status: number, answer: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' });
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    };
    const aboutIncidents = request.url?.includes('incidents') === true;
    if (request.url?.includes('/_count') === true)
      return say(200, { count: (aboutIncidents ? stub.incidents : stub.documents).size });
    if (request.url?.includes('/_search') === true)
      return say(200, { hits: { hits: aboutIncidents ? [] : found(body) } });
    if (request.url?.startsWith('/_bulk') !== true) return say(200, {});
    const rows = rowsOf(body);
    if (rows.every(isIncident)) return say(200, { took: 1, errors: false, items: rows.map(keep) });
    stub.requests.push(rows.length);
    const fault = stub.faults.shift() ?? 'none';
    if (fault === 'reset before') return void request.socket.destroy();
    if (fault === 'hang') return;
    if (typeof fault === 'object' && 'whole' in fault) return say(fault.whole, refusal('overloaded'));
    if (body.length > stub.mostBytes) return say(413, '');
    if (stub.refuseWhole && rows.some((row) => row.text.includes(stub.poison))) return say(400, refusal('unreadable'));
    const items = rows.map((row, n) =>
      typeof fault === 'object' && n % fault.every === 0 ? refused(row, fault.items, fault.type ?? 'busy') : keep(row),
    );
    const answer = JSON.stringify({ took: 1, errors: true, items });
    if (fault === 'reset after') return void request.socket.destroy();
    if (fault === 'cut in half') return say(200, answer.slice(0, answer.length / 2));
    if (fault === 'one item short') return say(200, { took: 1, errors: true, items: items.slice(1) });
    say(200, answer);
  }

  function found(body: string): object[] {
    const { query } = JSON.parse(body) as { query: { ids?: { values: readonly string[] } } };
    return (query.ids?.values ?? []).flatMap((id) => {
      const row = stub.documents.get(id);
      return row === undefined ? [] : [{ _id: id, _index: row.index, _source: row.source }];
    });
  }

  function keep(row: Row): object {
    const documents = isIncident(row) ? stub.incidents : stub.documents;
    if (row.source === undefined) {
      const status = documents.delete(row.id) ? 200 : 404;
      return { delete: { _id: row.id, _index: row.index, status } };
    }
    if (row.text.includes(stub.poison)) return refused(row, 400, 'document_parsing_exception');
    const stored = documents.get(row.id);
    if (stored !== undefined && stored.version > row.version)
      return refused(row, 409, 'version_conflict_engine_exception');
    documents.set(row.id, row);
    return { index: { _id: row.id, _index: row.index, status: stored === undefined ? 201 : 200 } };
  }
}

const isIncident = ({ index }: Row): boolean => index.includes('incidents');

const refused = ({ id, index, source }: Row, status: number, type: string): object => ({
  [source === undefined ? 'delete' : 'index']: {
    _id: id,
    _index: index,
    status,
    error: { type, reason: `the stub says ${type}` },
  },
});

const refusal = (type: string): object => ({ error: { type, reason: `the stub says ${type}`, root_cause: [] } });

type Action =
  | { readonly delete: { readonly _id: string; readonly _index: string } }
  | { readonly index: { readonly _id: string; readonly _index: string; readonly version: number } };

function rowsOf(body: string): Row[] {
  const rows: Row[] = [];
  const lines = body.trimEnd().split('\n').values();
  for (const line of lines) {
    const action = JSON.parse(line) as Action;
    if ('delete' in action) {
      const { _id: id, _index: index } = action.delete;
      rows.push({ id, index, version: 0, text: '', source: undefined });
      continue;
    }
    const { _id: id, _index: index, version } = action.index;
    const source = JSON.parse(lines.next().value ?? '') as { readonly text?: string };
    rows.push({ id, index, version, text: source.text ?? '', source });
  }
  return rows;
}
