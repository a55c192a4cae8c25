/** Types of records that can be asked for, with their numbers (RFC 1035 §3.2.2 and the registry of the IANA). */
export const RECORD_TYPES = {
  ...{ A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28, SRV: 33, NAPTR: 35 },
  ...{ DS: 43, DNSKEY: 48, TLSA: 52, HTTPS: 65, CAA: 257 },
} as const;
export type RecordType = keyof typeof RECORD_TYPES;

/** Response codes by number (RFC 1035 §4.1.1, RFC 2136). */
export const RESPONSE_CODES = [
  ...['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'],
  ...['YXDOMAIN', 'YXRRSET', 'NXRRSET', 'NOTAUTH', 'NOTZONE'],
] as const;
