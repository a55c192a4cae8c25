import { RE2JS } from 're2js';
import type { CollectedValue } from '#core/plugin/collector.ts';

/** SOAP 1.1 §4.4.1 and SOAP 1.2 part 1 §5.4.6; a label takes no others. */
const CODES = [
  ...['VersionMismatch', 'MustUnderstand', 'Client', 'Server'],
  ...['Sender', 'Receiver', 'DataEncodingUnknown'],
];
// RE2, since bodies may be made to stop others.
const COMMENT = RE2JS.compile('(?s)<!--.*?-->');
const FAULT = RE2JS.compile(String.raw`<(?:[\w.-]+:)?Body(?:\s[^>]*)?>\s*<(?:[\w.-]+:)?Fault[\s>]`);
const CODE = RE2JS.compile(
  String.raw`<(?:faultcode|(?:[\w.-]+:)?Code)(?:\s[^>]*)?>\s*(?:<(?:[\w.-]+:)?Value(?:\s[^>]*)?>)?\s*([^<\s]+)`,
);

/** The code of the fault that a SOAP answer is: one of the standard's, or `other`; undefined when it is none. */
export function soapFault(body: string): string | undefined {
  if (!body.includes('Fault')) return undefined;
  const text = COMMENT.matcher(body).replaceAll('');
  const fault = FAULT.matcher(text);
  if (!fault.find()) return undefined;
  const found = CODE.matcher(text.slice(fault.start()));
  const code = found.find() ? (found.group(1) ?? '') : '';
  // `Client.Authentication` of SOAP 1.1 is a kind of Client.
  const name = code.replace(/^.*:/, '').replace(/\..*$/, '');
  return CODES.includes(name) ? name : 'other';
}

/** The series of a fault. */
export function parseSoap(body: string): readonly CollectedValue[] {
  const code = soapFault(body);
  return code === undefined ? [] : [{ metric: 'httpcheck_soap_fault', labels: { code }, value: 1 }];
}

/** For the golden cases. */
export const parsers = { soap: parseSoap };
