import { sql } from 'kysely';
import type { Logger } from '#io/log.ts';
import { hashSecret, newSecret } from './secret.ts';
import type { AccessDb } from './tables.ts';
import type { Verified } from './verified-callers.ts';

const IDLE_MS = 12 * 3_600_000;
/** The longest life of a session, busy or not. */
export const SESSION_MS = 7 * 24 * 3_600_000;
/** Use is written down at most this often. */
const TOUCH_MS = 60_000;

export type NewSession = { readonly userId: string; readonly address: string; readonly now: number };

/** Starts a session and returns the text for the cookie; sessions that are over are swept on the way. */
export async function startSession(db: AccessDb, { userId, address, now }: NewSession): Promise<string> {
  const secret = newSecret();
  const at = new Date(now);
  const idleSince = new Date(now - IDLE_MS);
  await db.deleteFrom('sessions').where(sql<boolean>`expires_at < ${at} or last_seen_at < ${idleSince}`).execute();
  const times = { created_at: at, last_seen_at: at, expires_at: new Date(now + SESSION_MS) };
  await db
    .insertInto('sessions')
    .values({ id: hashSecret(secret), user_id: userId, address, ...times })
    .execute();
  return secret;
}

/** The user behind a session that is still good. */
export async function findSession(
  db: AccessDb,
  id: string,
  { now, logger }: { now: number; logger: Logger },
): Promise<Verified | undefined> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select(['users.id as userId', 'users.name', 'users.scope', 'sessions.last_seen_at', 'sessions.expires_at'])
    .where('sessions.id', '=', id)
    .executeTakeFirst();
  if (row === undefined || row.expires_at <= now || row.last_seen_at + IDLE_MS <= now) return undefined;
  if (row.last_seen_at + TOUCH_MS <= now) await touch(db, id, { now, logger });
  const caller = { kind: 'user', id: row.userId, name: row.name, scope: row.scope, sessionId: id } as const;
  return { caller, expiresAt: Math.min(row.expires_at, now + IDLE_MS) };
}

/** A failed note of use (a full disk) must not lock anybody out. */
async function touch(db: AccessDb, id: string, { now, logger }: { now: number; logger: Logger }): Promise<void> {
  const noted = db
    .updateTable('sessions')
    .set({ last_seen_at: new Date(now) })
    .where('id', '=', id)
    .execute();
  await noted.catch((error: unknown) => logger.debug({ err: error }, 'use of a session not noted'));
}

/** Ends one session. */
export async function endSession(db: AccessDb, id: string): Promise<void> {
  await db.deleteFrom('sessions').where('id', '=', id).execute();
}
