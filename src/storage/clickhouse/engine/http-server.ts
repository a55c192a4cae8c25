import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Engine, Job } from './engine.ts';
import { CODES, EngineError, toEngineError } from './engine-error.ts';
import { HttpAnswer } from './http-answer.ts';
import { type EngineRequest, isAuthenticated, readRequest } from './http-request.ts';
import type { InsertBodies } from './insert-body.ts';
import { renderParameter } from './literal.ts';
import { readStatement, renderStatement, type Statement } from './statement.ts';

const MAX_URL_BYTES = 2 ** 20;
const MAX_TEXT_BYTES = 64 * 2 ** 20;
const KEEP_ALIVE_MS = 60_000;

export type EngineHttpOptions = {
  readonly engine: Engine;
  readonly bodies: InsertBodies;
  readonly password: string;
};

/** The part of the ClickHouse HTTP interface that the driver needs (docs: interfaces/http). */
export function createEngineServer(options: EngineHttpOptions): Server {
  const server = createServer(
    { maxHeaderSize: MAX_URL_BYTES, keepAliveTimeout: KEEP_ALIVE_MS },
    (request, response) => {
      void serve(request, response, options);
    },
  );
  server.requestTimeout = 0;
  return server;
}

async function serve(request: IncomingMessage, response: ServerResponse, options: EngineHttpOptions): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  // The client went away while something was written: 'close' tells the same.
  response.on('error', () => {});
  const answer = new HttpAnswer(response, wantsGzip(request));
  try {
    if (request.url === '/ping') return void response.end('Ok.\n');
    if (!isAuthenticated(request, options.password)) {
      throw new EngineError(CODES.authenticationFailed, 'Authentication failed. (AUTHENTICATION_FAILED)');
    }
    if (request.url === '/alive') return void response.end(await options.engine.version());
    await runRequest({ request, answer, signal: gone.signal, ...options });
    answer.end();
  } catch (error) {
    if (!gone.signal.aborted) answer.fail(toEngineError(error));
  } finally {
    request.resume();
  }
}

function wantsGzip(request: IncomingMessage): boolean {
  try {
    return readRequest(request).compress;
  } catch {
    // The same fault is answered where the request is read for good.
    return false;
  }
}

type Call = EngineHttpOptions & {
  readonly request: IncomingMessage;
  readonly answer: HttpAnswer;
  readonly signal: AbortSignal;
};

async function runRequest(call: Call): Promise<void> {
  const { request, bodies } = call;
  const asked = readRequest(request);
  const body = request.headers['content-encoding'] === 'gzip' ? decompress(request) : request;
  if (asked.query === '') return runText(call, asked, readStatement(await readText(body)));
  const statement = readStatement(asked.query);
  if (statement.verb !== 'INSERT' || statement.format === undefined) {
    return runText(call, asked, readStatement(`${asked.query}\n${await readText(body)}`));
  }
  await bodies.keep(statement, body, (sql) => runText(call, asked, readStatement(sql)));
}

function decompress(request: IncomingMessage): Readable {
  // A body that breaks off ends the decompressed stream with the same fault, which its reader sees.
  return pipeline(request, createGunzip(), () => {});
}

async function runText({ engine, answer, signal }: Call, asked: EngineRequest, statement: Statement): Promise<void> {
  const format = statement.format ?? asked.format;
  const { verb, inlineData } = statement;
  answer.describe(asked.queryId, format);
  const sql = renderStatement(statement, (name, type) => parameter(asked, name, type));
  const job: Job = { sql, verb, inlineData, format, database: asked.database, settings: asked.settings, signal };
  await engine.execute(job, answer);
}

function parameter(asked: EngineRequest, name: string, type: string): string {
  const raw = asked.parameters.get(name);
  if (raw !== undefined) return renderParameter(raw, type);
  throw new EngineError(CODES.unknownParameter, `Query parameter \`${name}\` was not set. (UNKNOWN_QUERY_PARAMETER)`);
}

async function readText(body: Readable): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > MAX_TEXT_BYTES) throw new EngineError(CODES.syntaxError, 'The text is too long. (SYNTAX_ERROR)');
    pieces.push(piece);
  }
  return new TextDecoder('utf-8', { fatal: false }).decode(Buffer.concat(pieces));
}
