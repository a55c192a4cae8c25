import { z } from 'zod';
import type { NamedSecret, RotatedSecrets } from '#core/api/secrets.ts';
import { AppError } from '#core/errors.ts';
import { defineRoute, type Route } from '#core/route.ts';
import type { Clock } from '#io/clock.ts';
import type { SecretStore } from '#storage/secrets/index.ts';
import type { CollectorWork } from './collector-work.ts';
import { storedReferences } from './stored-references.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const SecretRequest = z.strictObject({ value: z.string().min(1).max(10_000) });

export type SecretRoutesOptions = {
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly work: Pick<CollectorWork, 'users'>;
};

/** Named secrets for `stored:NAME` in the configuration: written, listed by name, removed; never read. */
export function secretRoutes({ secrets, clock, work }: SecretRoutesOptions): Route[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/api/secrets/rotate',
      permission: 'admin',
      handler: async (): Promise<RotatedSecrets> => ({ count: await secrets.rotate() }),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/secrets',
      permission: 'admin',
      handler: () => namedSecrets(secrets, work),
    }),
    defineRoute({
      method: 'PUT',
      path: '/api/secrets/:name',
      permission: 'admin',
      body: SecretRequest,
      handler: async ({ params, body, caller }) => {
        await secrets.put(named(params['name']), body.value, { name: caller?.name ?? '', now: clock.now() });
        return {};
      },
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/secrets/:name',
      permission: 'admin',
      handler: async ({ params }) => {
        await secrets.remove([named(params['name'])]);
        return {};
      },
    }),
  ];
}

async function namedSecrets(secrets: SecretStore, work: Pick<CollectorWork, 'users'>): Promise<NamedSecret[]> {
  const users = work.users().map(({ name, options }) => ({ name, uses: storedReferences(options) }));
  const named = (await secrets.list()).filter(({ name }) => NAME.test(name));
  return named.map((info) => ({
    ...info,
    usedBy: users.filter(({ uses }) => uses.includes(info.name)).map(({ name }) => name),
  }));
}

/** Secrets of targets have names with slashes: they are no business of these routes. */
function named(name = ''): string {
  if (NAME.test(name)) return name;
  throw new AppError('bad_request', 'a secret is named by letters, digits, dot, dash and underscore');
}
