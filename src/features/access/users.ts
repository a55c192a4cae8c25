import { sql } from 'kysely';
import type { UserInfo } from '#core/api/access.ts';
import { AppError } from '#core/errors.ts';
import { isLabelText } from '#core/model/labels.ts';
import { newId } from './secret.ts';
import type { AccessDb } from './tables.ts';

export type StoredUser = UserInfo & { readonly passwordHash: string };

/** Advisory lock of the first user: two set-ups at the same time make one. */
const FIRST_USER_LOCK = 7_204_501;
const MIN_PASSWORD = 8;

/** The user of a name. */
export async function findUser(db: AccessDb, name: string): Promise<StoredUser | undefined> {
  const row = await db.selectFrom('users').selectAll().where('name', '=', name).executeTakeFirst();
  if (row === undefined) return undefined;
  return { id: row.id, name: row.name, scope: row.scope, createdAt: row.created_at, passwordHash: row.password_hash };
}

/** All users by name. */
export async function listUsers(db: AccessDb): Promise<UserInfo[]> {
  const rows = await db.selectFrom('users').select(['id', 'name', 'scope', 'created_at']).orderBy('name').execute();
  return rows.map(({ id, name, scope, created_at }) => ({ id, name, scope, createdAt: created_at }));
}

/** True when anybody has an account. */
export async function hasUsers(db: AccessDb): Promise<boolean> {
  return (await db.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined;
}

export type NewUser = { readonly name: string; readonly passwordHash: string; readonly now: number };

/** Creates the admin if there is no user at all; undefined when somebody was first. */
export async function insertFirstAdmin(
  db: AccessDb,
  { name, passwordHash, now }: NewUser,
): Promise<UserInfo | undefined> {
  return db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(${FIRST_USER_LOCK})`.execute(transaction);
    const taken = await transaction.selectFrom('users').select('id').limit(1).executeTakeFirst();
    if (taken !== undefined) return undefined;
    const user = { id: newId(), name, scope: 'admin' as const, created_at: new Date(now) };
    await transaction
      .insertInto('users')
      .values({ ...user, password_hash: passwordHash })
      .execute();
    return { id: user.id, name, scope: user.scope, createdAt: now };
  });
}

/** Throws `bad_request` for a name or password that cannot be taken. */
export function checkNewUser(name: string, password: string): void {
  if (name === '' || !isLabelText(name))
    throw new AppError('bad_request', 'a user name is 1 to 100 visible characters');
  if (password.length >= MIN_PASSWORD) return;
  throw new AppError('bad_request', `the password of ${name} needs at least ${MIN_PASSWORD} characters`);
}
