import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { AppError } from '#core/errors.ts';
import { systemClock } from '#io/clock.ts';
import { createLogger } from '#io/log.ts';
import { loadConfig } from '#server/config/load.ts';
import { stateMigrations } from '#server/migrations.ts';
import { connectBeside } from '#storage/postgres/index.ts';
import { createKeyRing, SecretStore } from '#storage/secrets/index.ts';
import type { CommandLine } from './arguments.ts';

const CREATED_BY = 'command line';
const HOW =
  'write nocmate secret set NAME (the secret on standard input), secret list, secret remove NAME or secret rotate';

/** `secret`: the secrets that `stored:NAME` refers to, beside a running server or without one. */
export async function secretCommand({ words, flags }: CommandLine): Promise<number> {
  const [what = '', name = ''] = words;
  if (!['set', 'list', 'remove', 'rotate'].includes(what) || (name === '' && ['set', 'remove'].includes(what))) {
    throw new AppError('bad_request', HOW);
  }
  const value = what === 'set' ? (await text(process.stdin)).replace(/\r?\n$/, '') : '';
  process.stdout.write(await withSecrets(flags, (secrets) => run(secrets, { what, name, value })));
  return 0;
}

type Order = { readonly what: string; readonly name: string; readonly value: string };

/** Does it, and says what to print. */
async function run(secrets: SecretStore, { what, name, value }: Order): Promise<string> {
  switch (what) {
    case 'set':
      if (value === '') throw new AppError('bad_request', 'the secret is read from standard input, which was empty');
      await secrets.put(name, value, { name: CREATED_BY, now: systemClock.now() });
      return '';
    case 'remove':
      await secrets.remove([name]);
      return '';
    case 'rotate':
      return `${await secrets.rotate()} secrets are encrypted with a new key\n`;
    default:
      return (await secrets.list()).map((secret) => `${secret.name}\n`).join('');
  }
}

async function withSecrets<Answer>(flags: CommandLine['flags'], use: (secrets: SecretStore) => Promise<Answer>) {
  const config = await loadConfig({ env: process.env, flags });
  const dataDir = resolve(config.data);
  const { db, close } = await connectBeside({
    ...{ dataDir, url: config.postgres.url, migrations: stateMigrations, create: true },
    ...{ clock: systemClock, logger: createLogger({ level: config.log.level }) },
  });
  try {
    return await use(new SecretStore(db, createKeyRing(dataDir, process.env['NOCMATE_SECRET_KEY'])));
  } finally {
    await close();
  }
}
