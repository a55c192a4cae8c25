import { createHash, randomBytes } from 'node:crypto';
import { link, readFile, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '#core/errors.ts';
import { syncFolder, writeDurably } from '#io/write-durably.ts';

const KEY_BYTES = 32;

export type Key = {
  /** The first 12 hex digits of the key's SHA-256: tells keys apart and nothing about them. */
  readonly id: string;
  readonly bytes: Buffer;
};

/** The keys of the secrets: the first encrypts, all decrypt. Read anew each time, so that a rotation is noticed. */
export type KeyRing = {
  /** Makes the first key where there is none. Throws `internal` for what is no key. */
  readonly keys: () => Promise<readonly [Key, ...Key[]]>;
  /** Puts a new key in front. Throws `bad_request` where the keys come from the environment. */
  readonly addKey: () => Promise<void>;
  /** Leaves only the first. */
  readonly dropOldKeys: () => Promise<void>;
};

/** From `NOCMATE_SECRET_KEY` (keys of 32 bytes in hex or base64, separated by commas), else from `secret.key` of the data folder. */
export function createKeyRing(dataDir: string, fromEnv: string | undefined): KeyRing {
  if (fromEnv !== undefined && fromEnv !== '') return environmentRing(fromEnv);
  const path = join(dataDir, 'secret.key');
  const read = async (): Promise<readonly Key[]> => {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw new AppError('internal', `the key of the secrets, ${path}, cannot be read: ${error.message}`, {
        cause: error,
      });
    });
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => parseKey(line, path));
  };
  const write = (keys: readonly Key[]): Promise<void> => writeDurably(path, keys.map(lineOf).join(''));
  return {
    keys: async () => {
      const [first, ...rest] = await read();
      if (first !== undefined) return [first, ...rest];
      await makeFirstKey(path);
      const [made] = await read();
      if (made === undefined) throw new AppError('internal', `the key of the secrets, ${path}, is empty`);
      return [made];
    },
    addKey: async () => write([newKey(), ...(await read())]),
    dropOldKeys: async () => write((await read()).slice(0, 1)),
  };
}

/** Of several processes that make the first key at once, one wins. */
async function makeFirstKey(path: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeDurably(draft, lineOf(newKey()));
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
  await syncFolder(dirname(path));
}

const lineOf = ({ bytes }: Key): string => `${bytes.toString('base64')}\n`;

function environmentRing(text: string): KeyRing {
  const keys = text.split(',').map((one) => parseKey(one, 'NOCMATE_SECRET_KEY'));
  const [first, ...rest] = keys;
  if (first === undefined) throw new AppError('bad_request', 'NOCMATE_SECRET_KEY holds no key');
  return {
    keys: async () => [first, ...rest],
    addKey: async () => {
      if (rest.length > 0) return;
      const how = 'put the new key in front of the old one, with a comma, and run this again';
      throw new AppError('bad_request', `the key comes from NOCMATE_SECRET_KEY: ${how}`);
    },
    dropOldKeys: async () => undefined,
  };
}

function newKey(): Key {
  return keyOf(randomBytes(KEY_BYTES));
}

function keyOf(bytes: Buffer): Key {
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 12), bytes };
}

function parseKey(text: string, place: string): Key {
  const plain = text.trim();
  const bytes = Buffer.from(plain, /^[0-9a-f]{64}$/i.test(plain) ? 'hex' : 'base64');
  if (bytes.length === KEY_BYTES) return keyOf(bytes);
  throw new AppError(
    'bad_request',
    `${place} must hold keys of 32 bytes in hex or base64, like that of: openssl rand -hex 32`,
  );
}
