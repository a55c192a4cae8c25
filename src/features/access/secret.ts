import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;
const ID_BYTES = 9;

/** 256 random bits as text that fits URLs, cookies and headers. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** A short random id without `_` or `-`, so that it can stand inside a token. */
export function newId(): string {
  return randomBytes(ID_BYTES).toString('hex');
}

/** SHA-256 as hex: enough for secrets of 256 random bits, which cannot be guessed however fast the hash is. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
