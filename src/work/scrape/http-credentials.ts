import { readFile } from 'node:fs/promises';
import type { HttpConfig } from './http-config.ts';

/** Headers of the configuration; files are read each time, so that they may be renewed. */
export async function credentialHeaders(config: HttpConfig): Promise<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, secret] of Object.entries(config.headers)) headers[name] = secret.reveal();
  for (const [name, { values, secrets, files }] of Object.entries(config.http_headers)) {
    const read = await Promise.all(files.map(secretFile));
    headers[name] = [...values, ...secrets.map((secret) => secret.reveal()), ...read].join(', ');
  }
  const authorization = await authorizationOf(config);
  if (authorization !== undefined) headers['Authorization'] = authorization;
  return headers;
}

async function authorizationOf(config: HttpConfig): Promise<string | undefined> {
  const { basic_auth: basic, authorization, bearer_token, bearer_token_file } = config;
  if (basic !== undefined) {
    const user = basic.username ?? (basic.username_file === undefined ? '' : await secretFile(basic.username_file));
    const password =
      basic.password?.reveal() ?? (basic.password_file === undefined ? '' : await secretFile(basic.password_file));
    return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  }
  const { type = 'Bearer', credentials = bearer_token, credentials_file = bearer_token_file } = authorization ?? {};
  const secret =
    credentials?.reveal() ?? (credentials_file === undefined ? undefined : await secretFile(credentials_file));
  return secret === undefined ? undefined : `${type} ${secret}`;
}

/** The secret that a file holds, without blanks around it. */
export async function secretFile(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).trim();
}
