export type LogDownload = {
  /** A `LogExportRequest`. */
  readonly body: object;
  readonly name: string;
  readonly signal: AbortSignal;
  readonly onProgress: (rows: number, total: number) => void;
};

const NEW_LINE = 10;

/** Fetches an export and hands it to the browser as a file; gives how many lines it has. Throws when it fails. */
export async function downloadLogs({ body, name, signal, onProgress }: LogDownload): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch('/api/logs/export', { method: 'POST', body: JSON.stringify(body), headers, signal });
  if (!answer.ok || answer.body === null) throw new Error(`the server answered ${answer.status}`);
  const total = Number(answer.headers.get('x-total-rows'));
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let rows = 0;
  for await (const chunk of answer.body) {
    chunks.push(chunk);
    rows += chunk.reduce((count, byte) => (byte === NEW_LINE ? count + 1 : count), 0);
    onProgress(Math.min(rows, total), total);
  }
  const url = URL.createObjectURL(new Blob(chunks));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
  return total;
}
