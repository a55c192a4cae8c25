import { type ColumnType, type Kysely, type Selectable, sql } from 'kysely';
import { AppError } from '#core/errors.ts';
import type { Migrations, StateDb } from '#storage/postgres/index.ts';
import type { KeyRing } from './key-ring.ts';
import { seal, unseal } from './seal.ts';

type SecretTables = {
  secrets: {
    name: string;
    key_id: string;
    iv: Buffer;
    tag: Buffer;
    box: Buffer;
    updated_at: ColumnType<number, Date, Date>;
    updated_by: string;
  };
};

/** The table of secrets: nothing in it can be read without the key, which lies elsewhere. */
export const secretMigrations: Migrations = {
  '020-secrets': {
    up: async (db) => {
      await sql`
        create table secrets (
          name text primary key,
          key_id text not null,
          iv bytea not null,
          tag bytea not null,
          box bytea not null,
          updated_at timestamptz not null,
          updated_by text not null
        )`.execute(db);
    },
  },
};

export type SecretInfo = { readonly name: string; readonly updatedAt: number; readonly updatedBy: string };

type Row = Selectable<SecretTables['secrets']>;

/** Secrets by name, encrypted in the state database. */
export class SecretStore {
  readonly #db: Kysely<SecretTables>;
  readonly #ring: KeyRing;

  constructor(state: StateDb, ring: KeyRing) {
    this.#db = state.$extendTables<SecretTables>();
    this.#ring = ring;
  }

  put(name: string, secret: string, by: { readonly name: string; readonly now: number }): Promise<void> {
    return this.#write(name, secret, { updated_at: new Date(by.now), updated_by: by.name });
  }

  /** For whoever must use it; no API hands it out. Throws `not_found`. */
  async get(name: string): Promise<string> {
    const row = await this.#db.selectFrom('secrets').selectAll().where('name', '=', name).executeTakeFirst();
    if (row === undefined) throw new AppError('not_found', `there is no stored secret ${name}`);
    return this.#open(row);
  }

  async remove(names: readonly string[]): Promise<void> {
    if (names.length > 0) await this.#db.deleteFrom('secrets').where('name', 'in', names).execute();
  }

  async list(): Promise<readonly SecretInfo[]> {
    const infos = this.#db.selectFrom('secrets').select(['name', 'updated_at', 'updated_by']).orderBy('name');
    return (await infos.execute()).map((row) => ({
      name: row.name,
      updatedAt: row.updated_at,
      updatedBy: row.updated_by,
    }));
  }

  /** Encrypts all with a new key and drops the old ones; how many there were. */
  async rotate(): Promise<number> {
    await this.#ring.addKey();
    const [{ id }] = await this.#ring.keys();
    let count = 0;
    // A running server may have written one with the old key meanwhile.
    for (;;) {
      const rows = await this.#db.selectFrom('secrets').selectAll().where('key_id', '!=', id).execute();
      if (rows.length === 0) break;
      for (const row of rows) {
        const rest = { updated_at: new Date(row.updated_at), updated_by: row.updated_by };
        await this.#write(row.name, await this.#open(row), rest);
      }
      count += rows.length;
    }
    await this.#ring.dropOldKeys();
    return count;
  }

  async #write(name: string, secret: string, rest: { updated_at: Date; updated_by: string }): Promise<void> {
    const [key] = await this.#ring.keys();
    const { keyId, iv, tag, box } = seal(name, secret, key);
    const values = { key_id: keyId, iv, tag, box, ...rest };
    await this.#db
      .insertInto('secrets')
      .values({ name, ...values })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(values))
      .execute();
  }

  async #open({ name, key_id: keyId, iv, tag, box }: Row): Promise<string> {
    return unseal(name, { keyId, iv, tag, box }, await this.#ring.keys());
  }
}
