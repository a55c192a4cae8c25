import type { ChartData } from './chart-data.ts';
import { fullName } from './series-name.ts';

/** The drawn values as CSV (RFC 4180): a row a step, times in ISO 8601 UTC, empty = no data. */
export function chartCsv(data: ChartData): string {
  const head = ['time', ...data.series.map(({ labels }) => fullName(labels))].map(quoted).join(',');
  const rows: string[] = [head];
  for (let i = 0; i < data.t.length; i++) {
    const values = data.values.map((column) => {
      const value = column[i] as number;
      return Number.isNaN(value) ? '' : String(value);
    });
    if (values.some((value) => value !== ''))
      rows.push([new Date(data.t[i] as number).toISOString(), ...values].join(','));
  }
  return `${rows.join('\r\n')}\r\n`;
}

/** Hands a text to the browser as a file. */
export function downloadText(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Quoted when needed; a text that a spreadsheet would run as a formula is made plain. */
function quoted(field: string): string {
  const plain = /^[=+\-@]/.test(field) ? `'${field}` : field;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
