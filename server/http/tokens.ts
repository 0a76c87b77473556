import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';

/** What is kept of a token: never the token. */
const TokenFile = Type.Object(
  {
    tokens: Type.Array(
      Type.Object(
        { name: Type.String({ minLength: 1 }), sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
type TokenFile = Static<typeof TokenFile>;
const tokenFile = Compile(TokenFile);

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u;

/** The tokens that may bring posts. */
export interface TokenBook {
  /** The source's name, or undefined where the token is not known. Every known token is compared, in constant time. */
  sourceOf(token: string): string | undefined;
  /** How many tokens a source has. */
  count(name: string): number;
}

/** The token file can't be read or a name can't be used; the message says what to do. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
}

/**
 * Reads the file now (a missing one has no tokens) and again whenever it has changed, so that a token that was added or struck
 * out counts at once, without a restart. @throws TokenError
 */
export function readTokens(path: string): TokenBook {
  let mark = '';
  let known: { readonly name: string; readonly hash: Buffer }[] = [];
  const refresh = (): void => {
    const stat = statSync(path, { throwIfNoEntry: false });
    const now = stat === undefined ? 'none' : `${stat.ino}:${stat.size}:${stat.mtimeMs}`;
    if (now === mark) return;
    known = load(path).tokens.map(({ name, sha256 }) => ({ name, hash: Buffer.from(sha256, 'hex') }));
    mark = now;
  };
  refresh();
  return {
    sourceOf(token) {
      refresh();
      const hash = sha256(token);
      let source: string | undefined;
      for (const entry of known) if (timingSafeEqual(entry.hash, hash)) source = entry.name;
      return source;
    },
    count(name) {
      refresh();
      return known.filter((entry) => entry.name === name).length;
    },
  };
}

/**
 * Makes a token for a source, keeps its hash and answers the token itself, which can never be shown again. A name may hold
 * several tokens, so that one can be replaced without a pause. @throws TokenError
 */
export function addToken(path: string, name: string): string {
  if (!NAME.test(name)) {
    throw new TokenError(`"${name}" can not name a source: use 1 to 64 letters, digits, dots, dashes or underscores.`);
  }
  const token = `wbd_${randomBytes(32).toString('base64url')}`;
  const { tokens } = load(path);
  save(path, { tokens: [...tokens, { name, sha256: sha256(token).toString('hex') }] });
  return token;
}

/** Strikes out every token of a source; they are refused from then on. Answers how many there were. @throws TokenError */
export function removeTokens(path: string, name: string): number {
  const { tokens } = load(path);
  const left = tokens.filter((token) => token.name !== name);
  if (left.length < tokens.length) save(path, { tokens: left });
  return tokens.length - left.length;
}

const sha256 = (token: string): Buffer => createHash('sha256').update(token, 'utf8').digest();

function load(path: string): TokenFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return { tokens: [] };
    throw new TokenError(`the token file ${path} can not be read (${String(cause)}); check its permissions.`, {
      cause,
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new TokenError(`the token file ${path} is not JSON; move it away and add the tokens again.`, { cause });
  }
  if (tokenFile.Check(value)) return value;
  const where = tokenFile.Errors(value)[0];
  throw new TokenError(
    `the token file ${path} is not valid at ${where?.instancePath || '/'} (${where?.message ?? 'unknown'}); correct it, or move it away and add the tokens again.`,
  );
}

/** Written beside and renamed, so that a reader never sees half a file and a crash leaves the old one. */
function save(path: string, file: TokenFile): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const beside = `${path}.${process.pid}.new`;
  const fd = openSync(beside, 'w', 0o600);
  try {
    writeSync(fd, `${JSON.stringify(file, null, 2)}\n`);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(beside, path);
}
