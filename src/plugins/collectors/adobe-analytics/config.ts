import { z } from 'zod';
import { RARE, SecretReference, TLS_OPTIONS, urlOption } from '#core/plugin/target-options.ts';

const ADOBE = 'https://analytics.adobe.io';
const ADOBE_TOKENS = 'https://ims-na1.adobelogin.com/ims/token/v3';

const isTimeZone = (text: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/** Options of a target: a report suite. */
export const AdobeConfig = z.strictObject({
  reportSuite: z.string().min(1).describe('Id of the report suite, like examplersid.'),
  clientId: z.string().min(1).describe('Client id of an OAuth server-to-server credential.'),
  clientSecret: SecretReference.describe('Its client secret.'),
  companyId: z.string().default('').describe('Global company id; empty: the first that the credential may see.'),
  metrics: z
    .array(z.string().regex(/^metrics\/[\w.]+$/, 'write metrics/NAME'))
    .min(1)
    .max(20)
    .default(['metrics/pageviews', 'metrics/visits', 'metrics/visitors', 'metrics/orders', 'metrics/revenue'])
    .describe('What is read, by ids of Adobe.'),
  realtime: z
    .array(z.string().regex(/^metrics\/[\w.]+$/, 'write metrics/NAME'))
    .max(5)
    .default(['metrics/occurrences'])
    .describe('What is read of the last minutes, a request each; the suite must be set up for it.'),
  timezone: z
    .string()
    .refine(isTimeZone, 'write a time zone, like Europe/Berlin')
    .default('UTC')
    .describe('Time zone of the report suite, by which its days begin.'),
  url: urlOption('URL of the API, where it is not that of Adobe.').default(ADOBE).meta(RARE),
  tokenUrl: z
    .string()
    .default('')
    .meta(RARE)
    .describe('Where tokens are given; empty: at Adobe, or under /ims/token/v3 of another URL.'),
  scope: z
    .string()
    .default('openid,AdobeID,additional_info.projectedProductContext')
    .meta(RARE)
    .describe('Scopes of the credential.'),
  ...TLS_OPTIONS,
});
export type AdobeConfig = z.infer<typeof AdobeConfig>;

/** Where tokens are given. */
export function tokenUrl({ url, tokenUrl: told }: AdobeConfig): string {
  if (told !== '') return told;
  return url === ADOBE ? ADOBE_TOKENS : new URL('/ims/token/v3', url).href;
}
