import { element, integer, numberIn, octets, readElements } from './ber.ts';

/** How far a search goes (RFC 4511 §4.5.1.2), by number. */
export const SCOPES = ['base', 'one', 'sub'] as const;

/** Tags of the protocol's operations (RFC 4511 §4.2). */
export const OPERATIONS = { bindAnswer: 0x61, entry: 0x64, done: 0x65, reference: 0x73, extendedAnswer: 0x78 } as const;

const TAGS = { bind: 0x60, search: 0x63, unbind: 0x42, extended: 0x77, password: 0x80, oid: 0x80 } as const;
const FILTERS = { equals: 0xa3, present: 0x87 } as const;
const START_TLS = '1.3.6.1.4.1.1466.20037';
/** "1.1": none (RFC 4511 §4.5.1.8). */
const NO_ATTRIBUTES = '1.1';
const SEQUENCE = 0x30;
const BOOLEAN = 0x01;
const ENUMERATED = 0x0a;

export type Search = {
  readonly base: string;
  readonly scope: (typeof SCOPES)[number];
  readonly attribute: string;
  /** Absent: any. */
  readonly value?: string;
  /** Most entries that are wanted, and seconds that the server may take; 0: no limit. */
  readonly sizeLimit: number;
  readonly timeLimitS: number;
};

/** A message of the server. `code` is the result code of what ends an operation. */
export type LdapAnswer = {
  readonly id: number;
  readonly operation: number;
  readonly code?: number;
  readonly text?: string;
};

/** A simple bind; both empty: anonymous. */
export function bindRequest(id: number, name: string, password: string): Buffer {
  return message(id, element(TAGS.bind, integer(3), octets(name), octets(password, TAGS.password)));
}

/** A search for entries, without their attributes. */
export function searchRequest(id: number, { base, scope, attribute, value, sizeLimit, timeLimitS }: Search): Buffer {
  const limits = [integer(sizeLimit), integer(timeLimitS), element(BOOLEAN, Buffer.from([0]))];
  const filter =
    value === undefined
      ? octets(attribute, FILTERS.present)
      : element(FILTERS.equals, octets(attribute), octets(value));
  const where = [octets(base), integer(SCOPES.indexOf(scope), ENUMERATED), integer(0, ENUMERATED)];
  return message(id, element(TAGS.search, ...where, ...limits, filter, element(SEQUENCE, octets(NO_ATTRIBUTES))));
}

export function startTlsRequest(id: number): Buffer {
  return message(id, element(TAGS.extended, octets(START_TLS, TAGS.oid)));
}

export function unbindRequest(id: number): Buffer {
  return message(id, element(TAGS.unbind));
}

/** Reads what is in a message (RFC 4511 §4.1.1). Throws a `RangeError` for what is none. */
export function decodeAnswer(content: Buffer): LdapAnswer {
  const [id, operation] = readElements(content);
  if (id?.tag !== 0x02 || operation === undefined) throw new RangeError('it is no message of LDAP');
  const known = { id: numberIn(id.content), operation: operation.tag };
  if (operation.tag === OPERATIONS.entry || operation.tag === OPERATIONS.reference) return known;
  const [code, , text] = readElements(operation.content);
  if (code?.tag !== ENUMERATED) throw new RangeError('it is no result of LDAP');
  return { ...known, code: numberIn(code.content), text: text?.content.toString('utf8') ?? '' };
}

function message(id: number, operation: Buffer): Buffer {
  return element(SEQUENCE, integer(id), operation);
}
