import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { MetricSummary, PathNode } from '#core/api/query.ts';
import { completeMetricQuery, type MetricQueryCompletion } from '#core/metric-query/complete.ts';
import { quoteText } from '#core/metric-query/print.ts';
import type { ApiClient } from '#web/data/api-client.ts';

const OPTIONS = 100;

/** Completes metrics, paths, labels, values and functions from what the server has. */
export function completionSource(api: ApiClient) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const wanted = completeMetricQuery(context.state.doc.toString(), context.pos);
    if (wanted.kind === 'none') return null;
    if (!context.explicit && wanted.prefix === '' && wanted.kind !== 'label-value' && wanted.kind !== 'label-name')
      return null;
    const controller = new AbortController();
    context.addEventListener('abort', () => controller.abort());
    const options = await ask(api, wanted, controller.signal).catch(() => []);
    const words = wanted.words
      .filter((word) => word.startsWith(wanted.prefix))
      .map((label): Completion => ({ label, type: 'keyword', boost: -1 }));
    if (context.aborted || options.length + words.length === 0) return null;
    return { from: wanted.from, to: wanted.to, options: [...options, ...words], filter: false };
  };
}

async function ask(api: ApiClient, wanted: MetricQueryCompletion, signal: AbortSignal): Promise<Completion[]> {
  const { match, prefix, label } = wanted;
  switch (wanted.kind) {
    case 'metric':
      return prefix.includes('.') ? askPaths(api, prefix, signal) : askMetrics(api, prefix, signal);
    case 'label-name': {
      const names = await api.json<readonly string[]>('/api/query/label-names', {
        query: { match, limit: OPTIONS },
        signal,
      });
      const offered = prefix.startsWith('_') ? names : names.filter((name) => !name.startsWith('__'));
      return holding(offered, prefix).map((name) => ({ label: name, type: 'property' }));
    }
    case 'label-value': {
      const query = { label, match, limit: 1_000 };
      const values = await api.json<readonly string[]>('/api/query/label-values', { query, signal });
      return holding(values, prefix).map((value) => ({ label: value, apply: quoteText(value), type: 'text' }));
    }
    case 'word':
    case 'none':
      return [];
  }
}

async function askMetrics(api: ApiClient, search: string, signal: AbortSignal): Promise<Completion[]> {
  const query = { search: search || undefined, limit: OPTIONS };
  const metrics = await api.json<readonly MetricSummary[]>('/api/query/metrics', { query, signal });
  return metrics.map(({ name, unit, series }) => ({
    label: name,
    type: 'variable',
    detail: `${unit === '' ? '' : `${unit} · `}${series} series`,
  }));
}

async function askPaths(api: ApiClient, written: string, signal: AbortSignal): Promise<Completion[]> {
  const dot = written.lastIndexOf('.');
  const query = { parent: written.slice(0, dot), prefix: written.slice(dot + 1), limit: OPTIONS };
  const nodes = await api.json<readonly PathNode[]>('/api/query/paths', { query, signal });
  return nodes.map(({ path, leaf }) => ({ label: path, apply: leaf ? path : `${path}.`, type: 'variable' }));
}

/** Values that hold the text, those that start with it first. */
function holding(values: readonly string[], text: string): string[] {
  const low = text.toLowerCase();
  const found = values.filter((value) => value.toLowerCase().includes(low));
  const rank = (value: string): number => (value.toLowerCase().startsWith(low) ? 0 : 1);
  return found.sort((a, b) => rank(a) - rank(b)).slice(0, OPTIONS);
}
