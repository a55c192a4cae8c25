import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { AppError, messageOf } from '#core/errors.ts';
import { explainIssues } from '#core/explain-issues.ts';
import { ScrapeConfig, ScrapeGlobal, ScrapeJob } from './config.ts';

/** What is read of a Prometheus configuration: everything beside these is left to other parts. */
const PrometheusFile = z.strictObject({
  global: ScrapeGlobal.prefault({}),
  scrape_configs: z.array(ScrapeJob).default([]),
});

type Tree = Record<string, unknown>;

/**
 * The scrape part of a Prometheus configuration. File names in it are relative to the file. Throws `bad_request` that
 * names the file and every problem.
 */
export function readPrometheusFile(file: string): ScrapeConfig {
  const tree = readTree(file);
  const globals = isTree(tree['global']) ? tree['global'] : {};
  const known = Object.keys(ScrapeGlobal.shape);
  const picked = {
    global: Object.fromEntries(Object.entries(globals).filter(([key]) => known.includes(key))),
    scrape_configs: resolvePaths(tree['scrape_configs'] ?? [], dirname(resolve(file))),
  };
  const parsed = PrometheusFile.safeParse(picked);
  if (parsed.success) return { ...parsed.data, files: [] };
  const issues = explainIssues(parsed.error, PrometheusFile);
  throw new AppError('bad_request', `${file} cannot be used:\n  ${issues.join('\n  ')}`, { details: { issues } });
}

function readTree(file: string): Tree {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new AppError('bad_request', `scrape.files: cannot read ${file}: ${messageOf(error)}`, { cause: error });
  }
  const document = parseDocument(text, { prettyErrors: true });
  const [problem] = document.errors;
  if (problem !== undefined) throw new AppError('bad_request', `${file} is not valid YAML: ${problem.message}`);
  const tree: unknown = document.toJS() ?? {};
  if (!isTree(tree)) throw new AppError('bad_request', `${file} is no Prometheus configuration`);
  return tree;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Settings that name files (`…_file`, `files`) made absolute. */
function resolvePaths(value: unknown, folder: string, key = ''): unknown {
  const isPath = key.endsWith('_file') || key === 'files';
  if (typeof value === 'string') return isPath && !isAbsolute(value) ? resolve(folder, value) : value;
  if (Array.isArray(value)) return value.map((one) => resolvePaths(one, folder, key));
  if (!isTree(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, resolvePaths(child, folder, name)]));
}
