import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pagePolicy } from './security-headers.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
};
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;
const NONCE = '__CSP_NONCE__';

/** The built web UI, by URL path: only files that were there at start are ever served. */
export type WebFiles = {
  /** Answers with the file, or undefined when there is none of that path. */
  readonly send: (path: string, request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined;
  /** Answers with `index.html` and a policy with a new nonce. */
  readonly sendPage: (reply: FastifyReply) => FastifyReply;
};

/** Reads the list of files of a build. */
export async function loadWebFiles(directory: string): Promise<WebFiles> {
  const names = await readdir(directory, { recursive: true });
  const sizes = new Map<string, number>();
  for (const name of names) {
    const info = await stat(join(directory, name));
    if (info.isFile() && !name.startsWith('.')) sizes.set(`/${name}`, info.size);
  }
  const page = await readFile(join(directory, 'index.html'), 'utf8');
  return {
    send: (path, request, reply) => {
      const type = TYPES[extname(path)];
      if (type === undefined || !sizes.has(path)) return undefined;
      const [encoding, suffix] = chooseEncoding(request, (end) => sizes.has(path + end));
      const lifetime = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
      void reply.header('content-type', type).header('cache-control', lifetime).header('vary', 'accept-encoding');
      void reply.header('content-length', sizes.get(path + suffix));
      if (encoding !== undefined) void reply.header('content-encoding', encoding);
      return reply.send(createReadStream(join(directory, path + suffix)));
    },
    sendPage: (reply) => {
      const nonce = randomBytes(16).toString('base64');
      void reply.header('content-security-policy', pagePolicy(nonce)).header('cache-control', 'no-cache');
      return reply.type('text/html; charset=utf-8').send(page.replaceAll(NONCE, nonce));
    },
  };
}

function chooseEncoding(request: FastifyRequest, exists: (suffix: string) => boolean): [string | undefined, string] {
  const accepted = request.headers['accept-encoding'] ?? '';
  for (const [name, suffix] of ENCODINGS) if (accepted.includes(name) && exists(suffix)) return [name, suffix];
  return [undefined, ''];
}
