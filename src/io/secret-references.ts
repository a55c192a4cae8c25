import { readFile } from 'node:fs/promises';
import type { SecretSource } from '#core/secret-source.ts';

/** Resolves references: `env:NAME` from the environment, `file:PATH` without the last line end, `stored:NAME` by the store. */
export function createSecretSource(
  env: Readonly<Record<string, string | undefined>>,
  stored: (name: string) => Promise<string>,
): SecretSource {
  return {
    resolve: async (reference) => {
      const cut = reference.indexOf(':');
      const [kind, place] = [reference.slice(0, cut), reference.slice(cut + 1)];
      if (kind === 'stored') return stored(place);
      if (kind === 'file') return fileSecret(place);
      if (kind !== 'env') throw new Error('a secret is written as env:NAME, file:PATH or stored:NAME');
      const value = env[place];
      if (value === undefined) throw new Error(`the environment of the server has no ${place}`);
      return value;
    },
  };
}

async function fileSecret(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`the secret file ${path} cannot be read: ${error.code ?? error.message}`, { cause: error });
  });
  return text.replace(/\r?\n$/, '');
}
