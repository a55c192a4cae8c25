import { z } from 'zod';
import { type Caller, SCOPES, type Scope } from '../route.ts';

/** Names are shown and compared case-sensitively. */
const Name = z.string().trim().min(1).max(100);
const Password = z.string().min(8, 'a password needs at least 8 characters').max(1_000);

/** `GET /api/bootstrap`: the one request the web UI starts with. Public; tells no more than needed before log-in. */
export type Bootstrap = {
  readonly version: string;
  readonly serverTime: number;
  /** The label `host` of this node's own series; '' before log-in. */
  readonly host: string;
  /** No user exists yet: only the one-time URL printed at start leads on. */
  readonly setupRequired: boolean;
  readonly user: { readonly name: string; readonly scope: Scope } | null;
};

/** `POST /api/setup`: creates the first admin with the one-time token and logs in. */
export const SetupRequest = z.strictObject({ token: z.string().min(1).max(200), name: Name, password: Password });
export type SetupRequest = z.infer<typeof SetupRequest>;

/** `POST /api/login` sets the session cookie; `POST /api/logout` ends the session. */
export const LoginRequest = z.strictObject({ name: z.string().max(100), password: z.string().max(1_000) });
export type LoginRequest = z.infer<typeof LoginRequest>;

/** `POST /api/password`: ends all other sessions of the user. */
export const PasswordRequest = z.strictObject({ current: z.string().max(1_000), password: Password });
export type PasswordRequest = z.infer<typeof PasswordRequest>;

/** `POST /api/tokens` answers the {@link TokenInfo} and, once, the secret text. `GET /api/tokens` lists. */
export const TokenRequest = z.strictObject({
  name: Name,
  scope: z.enum(SCOPES),
  /** Days until it expires; undefined = never. */
  expiresInDays: z.number().int().min(1).max(3_650).optional(),
});
export type TokenRequest = z.infer<typeof TokenRequest>;

export type TokenInfo = {
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
};

/** The answer of `POST /api/tokens`: the only time the secret text (`nocmate_…`) is shown. */
export type NewToken = TokenInfo & { readonly secret: string };

/** The answer of `POST /api/setup` and `POST /api/login`, beside the session cookie. */
export type LoginAnswer = { readonly user: { readonly name: string; readonly scope: Scope } };

/** `GET /api/users` lists. */
export type UserInfo = {
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
  readonly createdAt: number;
};

/** What a request brings to prove who sends it: the headers `authorization` and `cookie`, as received. */
export type Credentials = { readonly authorization?: string | undefined; readonly cookie?: string | undefined };

/** Finds the caller of a request; undefined = nobody known. A token is taken as bearer or as basic-auth password. */
export type Authenticate = (credentials: Credentials) => Promise<Caller | undefined>;
