import { z } from 'zod';
import { Text, unsupported } from './config-values.ts';
import { SecretText } from './secret.ts';

const NO_PROXY = 'proxies are not supported: scrape directly, or run a collector near the targets';

const BasicAuth = z
  .strictObject({
    username: Text.optional(),
    username_file: z.string().optional(),
    password: SecretText.optional(),
    password_file: z.string().optional(),
  })
  .refine(
    (auth) => auth.username === undefined || auth.username_file === undefined,
    'set username or username_file, not both',
  )
  .refine(
    (auth) => auth.password === undefined || auth.password_file === undefined,
    'set password or password_file, not both',
  );

const Authorization = z
  .strictObject({
    type: z.string().trim().min(1).default('Bearer'),
    credentials: SecretText.optional(),
    credentials_file: z.string().optional(),
  })
  .refine(
    (auth) => auth.credentials === undefined || auth.credentials_file === undefined,
    'set credentials or credentials_file, not both',
  )
  .refine(({ type }) => type.toLowerCase() !== 'basic', 'for basic authentication write basic_auth');

const TLS_VERSIONS = { TLS10: 'TLSv1', TLS11: 'TLSv1.1', TLS12: 'TLSv1.2', TLS13: 'TLSv1.3' } as const;
const TlsVersion = z.enum(['TLS10', 'TLS11', 'TLS12', 'TLS13']).transform((version) => TLS_VERSIONS[version]);

const TlsConfig = z.strictObject({
  ca: z.string().optional(),
  ca_file: z.string().optional(),
  cert: z.string().optional(),
  cert_file: z.string().optional(),
  key: SecretText.optional(),
  key_file: z.string().optional(),
  server_name: z.string().optional(),
  insecure_skip_verify: z.boolean().default(false),
  min_version: TlsVersion.optional(),
  max_version: TlsVersion.optional(),
});

/** Client credentials (RFC 6749 §4.4). */
const OAuth2 = z
  .strictObject({
    client_id: Text,
    client_secret: SecretText.optional(),
    client_secret_file: z.string().optional(),
    scopes: z.array(z.string()).default([]),
    token_url: z.url({ protocol: /^https?$/ }),
    endpoint_params: z.record(z.string(), Text).default({}),
    tls_config: TlsConfig.prefault({}),
    proxy_url: unsupported(NO_PROXY),
    no_proxy: unsupported(NO_PROXY),
    proxy_from_environment: unsupported(NO_PROXY),
    proxy_connect_header: unsupported(NO_PROXY),
  })
  .refine(
    (auth) => auth.client_secret === undefined || auth.client_secret_file === undefined,
    'set client_secret or client_secret_file, not both',
  );
export type OAuth2 = z.infer<typeof OAuth2>;
export type TlsConfig = z.infer<typeof TlsConfig>;

const HeaderValues = z.strictObject({
  values: z.array(Text).default([]),
  secrets: z.array(SecretText).default([]),
  files: z.array(z.string()).default([]),
});

/** How requests are made: settings that scrapes and HTTP discovery share (Prometheus' `http_config`). */
export const HTTP_SETTINGS = {
  basic_auth: BasicAuth.optional(),
  authorization: Authorization.optional(),
  bearer_token: SecretText.optional(),
  bearer_token_file: z.string().optional(),
  tls_config: TlsConfig.prefault({}),
  follow_redirects: z.boolean().default(true),
  /** Accepted; requests are HTTP/1.1. */
  enable_http2: z.boolean().optional(),
  http_headers: z.record(z.string(), HeaderValues).default({}),
  headers: z.record(z.string(), SecretText).default({}),
  oauth2: OAuth2.optional(),
  proxy_url: unsupported(NO_PROXY),
  proxy_from_environment: unsupported(NO_PROXY),
  proxy_connect_header: unsupported(NO_PROXY),
  no_proxy: unsupported(NO_PROXY),
} as const;

const HttpConfig = z.strictObject(HTTP_SETTINGS);
/** The settings of requests, checked. */
export type HttpConfig = z.infer<typeof HttpConfig>;
