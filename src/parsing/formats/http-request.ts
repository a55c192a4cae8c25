import type { LogDraft } from '#parsing/log-draft.ts';
import { severityOfStatus } from '#parsing/severity.ts';

/** Puts method, URL, path and version of a request line (`GET /a?b HTTP/1.1`); what is none is kept as the URL. */
export function putRequest(draft: LogDraft, line: string): void {
  if (line === '' || line === '-') return;
  const space = line.indexOf(' ');
  if (space <= 0 || space > 32) return void draft.fields.push('http.request.line', line);
  const version = line.lastIndexOf(' HTTP/');
  draft.fields.push('http.request.method', line.slice(0, space));
  putUrl(draft, line.slice(space + 1, version < space ? undefined : version));
  if (version >= space) draft.fields.push('http.version', line.slice(version + 6));
}

/** Puts a URL and its path, which lacks what varies with each request. */
export function putUrl(draft: LogDraft, url: string): void {
  if (url === '') return;
  draft.fields.push('url.original', url);
  if (url.charCodeAt(0) !== 47) return;
  const query = url.indexOf('?');
  draft.fields.push('url.path', query < 0 ? url : url.slice(0, query));
}

/** Puts a status with its outcome and the severity of the line; false when it is no status. */
export function putStatus(draft: LogDraft, text: string): boolean {
  const status = Number(text);
  if (text.length !== 3 || !(status >= 100 && status <= 999)) return text === '-' || text === '000' || text === '0';
  draft.fields.push('http.response.status_code', text, 'event.outcome', status < 400 ? 'success' : 'failure');
  draft.severity = severityOfStatus(status);
  return true;
}
