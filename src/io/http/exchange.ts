import {
  type Agent as HttpAgent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http';
import { type Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

export type HttpAnswer = {
  readonly status: number;
  readonly statusText: string;
  readonly contentType: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
};

type ExchangeOptions = {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: HttpAgent | HttpsAgent;
  readonly signal: AbortSignal;
  readonly body?: string;
  /** In place of the system's resolver. */
  readonly lookup?: LookupFunction;
};

/**
 * Sends a request without following redirects. A kept connection that the server has closed meanwhile is replaced once.
 */
export async function send(url: URL, options: ExchangeOptions): Promise<IncomingMessage> {
  try {
    return await sendOnce(url, options);
  } catch (error) {
    if (error instanceof StaleConnection) return sendOnce(url, options);
    throw error;
  }
}

/** The body of an answer exceeds what the caller takes. */
export class AnswerTooLarge extends Error {}

class StaleConnection extends Error {}

function sendOnce(url: URL, { body, ...options }: ExchangeOptions): Promise<IncomingMessage> {
  const open = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = open(url, options, resolve);
    request.on('error', (error: NodeJS.ErrnoException) => {
      const isStale = request.reusedSocket && error.code === 'ECONNRESET';
      reject(isStale ? new StaleConnection(error.message, { cause: error }) : error);
    });
    request.end(body);
  });
}

/** Reads the whole answer; throws when its body is larger than `maxBytes` after decompression. */
export async function readAnswer(message: IncomingMessage, maxBytes: number): Promise<HttpAnswer> {
  const { statusCode: status = 0, statusMessage: statusText = '', headers } = message;
  const isGzip = headers['content-encoding']?.toLowerCase() === 'gzip';
  const body = await readBody(isGzip ? gunzipped(message) : message, message, maxBytes);
  return { status, statusText, contentType: headers['content-type'], headers, body };
}

function gunzipped(message: IncomingMessage): Readable {
  const plain = createGunzip();
  message.on('error', (error) => plain.destroy(error));
  return message.pipe(plain);
}

async function readBody(stream: Readable, message: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw new AnswerTooLarge(`the answer is larger than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    message.destroy();
    throw error;
  }
  return Buffer.concat(chunks, size);
}
