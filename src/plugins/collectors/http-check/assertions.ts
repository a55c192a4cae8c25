import { RE2JS } from 're2js';
import { endsTooSoon } from '#core/plugin/check-options.ts';
import type { TlsFacts } from '#core/plugin/target-context.ts';
import type { HttpAnswer } from '#io/http/exchange.ts';
import type { HttpCheckConfig } from './config.ts';
import { holdsIn, parseJsonAssertion } from './json-assertion.ts';
import type { Assertion } from './metrics.ts';
import { soapFault } from './parse.ts';
import { parseXml } from './xml-document.ts';
import { holdsInXml, parseXpathAssertion } from './xpath-assertion.ts';

/** An answer and the connection it came by; `now` in ms. */
export type Assessed = { readonly answer: HttpAnswer; readonly tls: TlsFacts | undefined; readonly now: number };

type Holds = (assessed: Assessed) => boolean;

/** What the options ask of an answer, in the order in which it is looked at. Throws for options that the schema refuses. */
export function assertionsOf(config: HttpCheckConfig): ReadonlyMap<Assertion, Holds> {
  const { soap, contains, matches, json, xpath, certificateDays, url } = config;
  const held = new Map<Assertion, Holds>([['status', statusHolds(config.status)]]);
  if (soap) held.set('soap_fault', ({ answer }) => soapFault(textOf(answer)) === undefined);
  if (contains !== undefined) held.set('contains', ({ answer }) => textOf(answer).includes(contains));
  if (matches !== undefined) {
    const pattern = RE2JS.compile(matches);
    held.set('regex', ({ answer }) => pattern.matcher(textOf(answer)).find());
  }
  if (json.length > 0) held.set('json_path', jsonHolds(json));
  if (xpath.length > 0) held.set('xpath', xpathHolds(xpath));
  if (certificateDays > 0 && url.startsWith('https:')) {
    held.set('certificate_ends', ({ tls, now }) => tls !== undefined && !endsTooSoon(tls, config, now));
  }
  return held;
}

/** The body as text. */
export function textOf({ body }: HttpAnswer): string {
  return body.toString('utf8');
}

function statusHolds(wanted: string): Holds {
  const ranges = wanted.split(',').map((range) => range.trim().split('-').map(Number));
  return ({ answer: { status } }) =>
    ranges.some(([first = Number.NaN, last = first]) => first <= status && status <= last);
}

function jsonHolds(texts: readonly string[]): Holds {
  const assertions = texts.map(parseJsonAssertion);
  return ({ answer }) => {
    const document = readBy<unknown>(JSON.parse, textOf(answer));
    return document !== undefined && assertions.every((assertion) => holdsIn(document, assertion));
  };
}

function xpathHolds(texts: readonly string[]): Holds {
  const assertions = texts.map(parseXpathAssertion);
  return ({ answer }) => {
    const document = readBy(parseXml, textOf(answer));
    return document !== undefined && assertions.every((assertion) => holdsInXml(document, assertion));
  };
}

/** Undefined for a text that the parser refuses. */
function readBy<Document>(parse: (text: string) => Document, text: string): Document | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
