import { z } from 'zod';
import { CHECK_TLS_OPTIONS, checkOption } from '#core/plugin/check-options.ts';
import { patternOption } from '#core/plugin/pattern-option.ts';
import { LINES_FORMAT, RARE, SecretReference, urlOption } from '#core/plugin/target-options.ts';
import { parseJsonAssertion } from './json-assertion.ts';
import { parseXpathAssertion } from './xpath-assertion.ts';

const STATUSES = /^\d{3}(-\d{3})?(\s*,\s*\d{3}(-\d{3})?)*$/;
const HEADER = /^[\w!#$%&'*+.^`|~-]+:[^\r\n]*$/;

/** True when the text can be compiled by what will use it. */
const isUsable = (use: (text: string) => unknown) => (text: string) => {
  try {
    use(text);
    return true;
  } catch {
    return false;
  }
};

/** Options of a target: what is asked, and what the answer must be. */
export const HttpCheckConfig = z.strictObject({
  url: urlOption('What is asked, like https://shop/health.'),
  check: checkOption,
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']).default('GET').describe('HTTP method.'),
  headers: z
    .array(z.string().regex(HEADER, 'write Name: value'))
    .default([])
    .meta(RARE)
    .describe('Headers, each as Name: value.'),
  body: z
    .string()
    .optional()
    .meta({ ...RARE, format: LINES_FORMAT })
    .describe('Body of the request.'),
  soap: z
    .boolean()
    .default(false)
    .meta(RARE)
    .describe('The body is a SOAP envelope: it is sent by POST, and a fault in the answer is a failure.'),
  soapAction: z.string().optional().meta(RARE).describe('The SOAPAction of a SOAP 1.1 request.'),
  username: z.string().min(1).optional().describe('User name of the login (basic).'),
  password: SecretReference.optional().describe('Its password.'),
  token: SecretReference.optional().describe('Bearer token, in place of user name and password.'),
  redirects: z.int().min(0).max(10).default(0).describe('The most redirects that are followed.'),
  status: z
    .string()
    .regex(STATUSES, 'write statuses and ranges, like 200-299, 401')
    .default('200-299')
    .describe('Statuses that are right, like 200-299, 401.'),
  contains: z.string().min(1).optional().describe('A text that the body must contain.'),
  matches: patternOption.optional().describe('A regular expression (RE2) that must match in the body.'),
  json: z
    .array(z.string().refine(isUsable(parseJsonAssertion), 'write a path, or a comparison like $.status == "UP"'))
    .default([])
    .describe('What must hold in a JSON body: $.items[0], $.status == "UP", $.queue.length < 10.'),
  xpath: z
    .array(z.string().refine(isUsable(parseXpathAssertion), 'write a path, or a comparison like //status = "UP"'))
    .default([])
    .describe('What must hold in an XML body: //item[2], //status = "UP", count(//error) = 0.'),
  ...CHECK_TLS_OPTIONS,
});
export type HttpCheckConfig = z.infer<typeof HttpCheckConfig>;

/** The name in the label `check`. */
export function checkName({ check, url }: HttpCheckConfig): string {
  return check ?? url;
}
