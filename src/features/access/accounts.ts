import type { PasswordRequest, UserInfo } from '#core/api/access.ts';
import { AppError } from '#core/errors.ts';
import type { Caller } from '#core/route.ts';
import type { Clock } from '#io/clock.ts';
import { type AttemptGate, createAttemptGate } from './attempt-gate.ts';
import type { Audit } from './audit.ts';
import { createPasswords, type Passwords } from './passwords.ts';
import { startSession } from './sessions.ts';
import type { AccessDb } from './tables.ts';
import { checkNewUser, findUser, insertFirstAdmin } from './users.ts';
import type { VerifiedCallers } from './verified-callers.ts';

export type AccountParts = {
  readonly db: AccessDb;
  readonly clock: Clock;
  readonly audit: Audit;
  readonly callers: VerifiedCallers;
};

export type LoggedIn = { readonly user: UserInfo /** For the cookie. */; readonly session: string };

/** Passwords and what they open. */
export class Accounts {
  readonly #parts: AccountParts;
  readonly #gate: AttemptGate;
  readonly #passwords: Passwords = createPasswords();

  constructor(parts: AccountParts) {
    this.#parts = parts;
    this.#gate = createAttemptGate(parts.clock);
  }

  /** Throws `unauthenticated` with the same text for a wrong name and a wrong password, after the same work. */
  logIn(name: string, password: string, address: string): Promise<LoggedIn> {
    return this.#gate.run(address, async () => {
      const user = await findUser(this.#parts.db, name);
      if (!(await this.#passwords.matches(user?.passwordHash, password))) {
        this.#logInFailed(user?.name, address);
        throw new AppError('unauthenticated', 'wrong name or password');
      }
      if (user === undefined) throw new AppError('internal', 'a password matched without a user');
      return this.openSession(user, address);
    });
  }

  /** Starts a session for somebody who has shown who it is. */
  async openSession(user: UserInfo, address: string): Promise<LoggedIn> {
    const { db, clock, audit } = this.#parts;
    const session = await startSession(db, { userId: user.id, address, now: clock.now() });
    audit({ kind: 'user.login', message: `${user.name} logged in`, user: user.name, address });
    return { user, session };
  }

  /** Creates the admin when nobody has an account; undefined when somebody has. */
  async createFirstAdmin(name: string, password: string): Promise<UserInfo | undefined> {
    checkNewUser(name, password);
    const { db, clock, audit } = this.#parts;
    const passwordHash = await this.#passwords.hash(password);
    const user = await insertFirstAdmin(db, { name, passwordHash, now: clock.now() });
    if (user !== undefined) audit({ kind: 'user.created', message: `${name} became the first admin`, user: name });
    return user;
  }

  /** Changes a user's own password and ends all its other sessions. */
  changePassword(caller: Caller, { current, password }: PasswordRequest, address: string): Promise<void> {
    return this.#gate.run(address, async () => {
      const { db, audit, callers } = this.#parts;
      const user = await findUser(db, caller.name);
      if (!(await this.#passwords.matches(user?.passwordHash, current))) {
        this.#logInFailed(user?.name, address);
        // Not `unauthenticated`: the session is good, the browser must not throw it away.
        throw new AppError('forbidden', 'the current password is wrong');
      }
      const passwordHash = await this.#passwords.hash(password);
      await db.transaction().execute(async (transaction) => {
        const mine = transaction.updateTable('users').set({ password_hash: passwordHash });
        await mine.where('id', '=', caller.id).execute();
        const others = transaction.deleteFrom('sessions').where('user_id', '=', caller.id);
        await others.where('id', '!=', caller.sessionId ?? '').execute();
      });
      callers.forget(
        ({ kind, id, sessionId }) => kind === 'user' && id === caller.id && sessionId !== caller.sessionId,
      );
      audit({
        kind: 'user.password_changed',
        message: `${caller.name} changed the password`,
        user: caller.name,
        address,
      });
    });
  }

  /** A name nobody has may be a password in the wrong field: it is not written down. */
  #logInFailed(name: string | undefined, address: string): void {
    const message = `log-in of ${name ?? 'an unknown user'} failed`;
    const user = name === undefined ? {} : { user: name };
    this.#parts.audit({ kind: 'user.login_failed', severity: 'warning', message, address, ...user });
  }
}
