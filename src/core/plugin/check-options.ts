import { z } from 'zod';
import { type ConnectionFailure, certificateFailure } from './check-failure.ts';
import type { TlsFacts } from './target-context.ts';
import { RARE, TLS_OPTIONS } from './target-options.ts';

const DAY_MS = 86_400_000;
const TLS_VERSIONS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

/** The option `check`, which tells checks of one place apart. */
export const checkOption = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .optional()
  .describe('Name of the check, in the label `check`; without one, what is asked.');

/** What checks ask of a TLS connection, beside what leads to it. */
export const CHECK_TLS_OPTIONS = {
  ...TLS_OPTIONS,
  tlsMinimum: z
    .enum(TLS_VERSIONS)
    .default('TLSv1.2')
    .meta(RARE)
    .describe('The oldest version of TLS that is good enough.'),
  certificateDays: z
    .int()
    .min(0)
    .max(3_650)
    .default(0)
    .describe('Days for which every certificate of the chain must still be valid.'),
} as const;

/** What a check asks of TLS. */
export type CheckTls = {
  readonly tlsVerify: boolean;
  readonly tlsMinimum: (typeof TLS_VERSIONS)[number];
  readonly certificateDays: number;
};

/** Why nothing is to be sent over such a connection; undefined: it is as it should be. */
export function tlsRefusal({ protocol, problem }: TlsFacts, check: CheckTls): ConnectionFailure | undefined {
  const versions: readonly string[] = TLS_VERSIONS;
  if (versions.indexOf(protocol) < versions.indexOf(check.tlsMinimum)) return 'tls_version';
  return problem === undefined || !check.tlsVerify ? undefined : certificateFailure(problem);
}

/** True when a certificate of the chain ends within the days that are asked for; `now` in ms. */
export function endsTooSoon({ validTo }: TlsFacts, { certificateDays }: CheckTls, now: number): boolean {
  return certificateDays > 0 && validTo.some((end) => end - now < certificateDays * DAY_MS);
}
