import { Dashboard } from '#core/api/dashboard.ts';

export type ReadDashboard =
  | { readonly ok: true; readonly dashboard: Dashboard }
  | { readonly ok: false; readonly problems: readonly string[] };

const SHOWN_PROBLEMS = 8;

/** Reads the JSON of a dashboard, or of a stored one with `dashboard` inside. Each problem names its path. */
export function readDashboardJson(text: string): ReadDashboard {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, problems: [`Not JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const inner = isRecord(value) && isRecord(value['dashboard']) ? value['dashboard'] : value;
  const read = Dashboard.safeParse(inner);
  if (read.success) return { ok: true, dashboard: read.data };
  const problems = read.error.issues.map(({ path, message }) => `${pathText(path)}: ${message}`);
  const rest = problems.length - SHOWN_PROBLEMS;
  return { ok: false, problems: rest > 0 ? [...problems.slice(0, SHOWN_PROBLEMS), `and ${rest} more`] : problems };
}

/** A dashboard as the text of a file. */
export function dashboardJson(dashboard: Dashboard): string {
  return `${JSON.stringify(dashboard, undefined, 2)}\n`;
}

/** `panels[2].place.w`; the whole is called `dashboard`. */
function pathText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'dashboard';
  return path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
