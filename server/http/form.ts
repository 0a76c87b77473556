import type { FastifyInstance } from 'fastify';

/** Lets the routes of this scope read what a plain HTML form sends, as an object of texts; a field that comes twice keeps its first. */
export function readForm(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain');
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    const fields: Record<string, string> = Object.create(null) as Record<string, string>;
    for (const [name, value] of new URLSearchParams(String(body))) fields[name] ??= value;
    done(null, fields);
  });
}
