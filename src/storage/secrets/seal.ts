import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '#core/errors.ts';
import type { Key } from './key-ring.ts';

/** An encrypted secret. */
export type Sealed = { readonly keyId: string; readonly iv: Buffer; readonly tag: Buffer; readonly box: Buffer };

const IV_BYTES = 12;

/** Encrypts by AES-256-GCM; the name is bound in, so that a box cannot be put in another's place. */
export function seal(name: string, secret: string, key: Key): Sealed {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, iv).setAAD(Buffer.from(name));
  const box = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return { keyId: key.id, iv, tag: cipher.getAuthTag(), box };
}

/** The secret. Throws `internal` when no key fits or the box was changed. */
export function unseal(name: string, { keyId, iv, tag, box }: Sealed, keys: readonly Key[]): string {
  const key = keys.find(({ id }) => id === keyId);
  if (key === undefined) {
    const message = `the secret ${name} is encrypted with a key (${keyId}) that is not there: restore data/secret.key or NOCMATE_SECRET_KEY`;
    throw new AppError('internal', message);
  }
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, iv).setAAD(Buffer.from(name)).setAuthTag(tag);
    return Buffer.concat([decipher.update(box), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new AppError('internal', `the secret ${name} was changed in the database and cannot be used`, { cause });
  }
}
