import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { TokenRequest } from '#core/api/access.ts';
import { AppError } from '#core/errors.ts';
import { type Access, createAccess } from '#features/access/index.ts';
import { systemClock } from '#io/clock.ts';
import { createLogger } from '#io/log.ts';
import { loadConfig } from '#server/config/load.ts';
import { stateMigrations } from '#server/migrations.ts';
import { readVersion } from '#server/version.ts';
import { connectBeside } from '#storage/postgres/index.ts';
import type { CommandLine } from './arguments.ts';

const CREATED_BY = 'command line';

/** `token create`: makes a token, beside a running server or without one, and prints nothing but its secret. */
export async function tokenCommand({ words, flags }: CommandLine): Promise<number> {
  if (words[0] !== 'create') {
    throw new AppError('bad_request', 'write nocmate token create --name N --scope read|write|admin|ingest');
  }
  const request = readRequest(flags);
  const secret = await withAccess(flags, async (access) => (await access.createToken(request, CREATED_BY)).secret);
  process.stdout.write(`${secret}\n`);
  return 0;
}

function readRequest(flags: CommandLine['flags']): TokenRequest {
  const days = flags['expires-in-days'];
  const request = TokenRequest.safeParse({
    name: flags['name'],
    scope: flags['scope'],
    ...(days === undefined ? {} : { expiresInDays: Number(days) }),
  });
  if (request.success) return request.data;
  throw new AppError('bad_request', `this token cannot be made: ${z.prettifyError(request.error)}`);
}

async function withAccess<Answer>(flags: CommandLine['flags'], use: (access: Access) => Promise<Answer>) {
  const config = await loadConfig({ env: process.env, flags });
  const tools = { clock: systemClock, logger: createLogger({ level: config.log.level }) };
  const dataDir = resolve(config.data);
  const { db, close } = await connectBeside({
    ...{ dataDir, url: config.postgres.url, migrations: stateMigrations, create: true },
    ...tools,
  });
  try {
    // The audit event of a running server goes through its ingest, which this process has none of.
    const events = { append: () => undefined };
    return await use(createAccess({ db, events, version: readVersion(), host: hostname(), ...tools }));
  } finally {
    await close();
  }
}
