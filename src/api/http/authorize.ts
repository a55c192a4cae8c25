import { AppError } from '#core/errors.ts';
import type { Caller, Route, Scope } from '#core/route.ts';

/** What each scope may do: `admin` ⊃ `write` ⊃ `read`, and everyone who may write may also send data. */
const GRANTS: Readonly<Record<Scope, readonly Scope[]>> = {
  read: ['read'],
  write: ['read', 'write', 'ingest'],
  admin: ['read', 'write', 'admin', 'ingest'],
  ingest: ['ingest'],
};

/** Throws `unauthenticated` or `forbidden` unless the caller may do what the permission names. */
export function authorize(permission: Route['permission'], caller: Caller | undefined): void {
  if (permission === 'public') return;
  if (caller === undefined) {
    throw new AppError('unauthenticated', 'log in, or send an API token as bearer or as basic-auth password');
  }
  if (GRANTS[caller.scope].includes(permission)) return;
  throw new AppError('forbidden', `this needs the scope "${permission}"; ${caller.name} has "${caller.scope}"`);
}
