import { timingSafeEqual } from 'node:crypto';
import type { NewToken, TokenInfo, TokenRequest } from '#core/api/access.ts';
import type { Logger } from '#io/log.ts';
import { tokenText } from './credentials.ts';
import { hashSecret, newId, newSecret } from './secret.ts';
import type { AccessDb } from './tables.ts';
import type { Verified } from './verified-callers.ts';

const DAY_MS = 24 * 3_600_000;
/** Use is written down at most this often. */
const TOUCH_MS = 60_000;

/** Makes a token; its secret is in the answer and nowhere else. */
export async function insertToken(
  db: AccessDb,
  request: TokenRequest,
  { createdBy, now }: { createdBy: string; now: number },
): Promise<NewToken> {
  const id = newId();
  const secret = newSecret();
  const { name, scope, expiresInDays } = request;
  const expiresAt = expiresInDays === undefined ? null : now + expiresInDays * DAY_MS;
  await db
    .insertInto('api_tokens')
    .values({
      id,
      name,
      scope,
      secret_hash: hashSecret(secret),
      created_at: new Date(now),
      created_by: createdBy,
      expires_at: expiresAt === null ? null : new Date(expiresAt),
    })
    .execute();
  return { id, name, scope, createdAt: now, createdBy, expiresAt, lastUsedAt: null, secret: tokenText(id, secret) };
}

/** All tokens, newest first; secrets are not in there. */
export async function listTokens(db: AccessDb): Promise<TokenInfo[]> {
  const rows = await db.selectFrom('api_tokens').selectAll().orderBy('created_at', 'desc').orderBy('id').execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    scope: row.scope,
    createdAt: row.created_at,
    createdBy: row.created_by,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  }));
}

/** Ends a token; its name, or undefined when there was none. */
export async function deleteToken(db: AccessDb, id: string): Promise<string | undefined> {
  const row = await db.deleteFrom('api_tokens').where('id', '=', id).returning('name').executeTakeFirst();
  return row?.name;
}

type Presented = { readonly id: string; readonly hash: string };

/** The caller behind a token that is still good. */
export async function findToken(
  db: AccessDb,
  { id, hash }: Presented,
  { now, logger }: { now: number; logger: Logger },
): Promise<Verified | undefined> {
  const row = await db.selectFrom('api_tokens').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined || !timingSafeEqual(Buffer.from(row.secret_hash), Buffer.from(hash))) return undefined;
  const expiresAt = row.expires_at ?? Number.POSITIVE_INFINITY;
  if (expiresAt <= now) return undefined;
  if ((row.last_used_at ?? 0) + TOUCH_MS <= now) await touch(db, id, { now, logger });
  return { caller: { kind: 'token', id, name: row.name, scope: row.scope }, expiresAt };
}

/** A failed note of use (a full disk) must not lock anybody out. */
async function touch(db: AccessDb, id: string, { now, logger }: { now: number; logger: Logger }): Promise<void> {
  const noted = db
    .updateTable('api_tokens')
    .set({ last_used_at: new Date(now) })
    .where('id', '=', id)
    .execute();
  await noted.catch((error: unknown) => logger.debug({ err: error }, 'use of a token not noted'));
}
