type Rule = readonly [pattern: RegExp, name: string];

const BROWSERS: readonly Rule[] = [
  [/\bEdgA?(?:iOS)?\/([\d.]+)/, 'Edge'],
  [/\bEdge\/([\d.]+)/, 'Edge'],
  [/\b(?:OPR|Opera)\/([\d.]+)/, 'Opera'],
  [/\bSamsungBrowser\/([\d.]+)/, 'Samsung Internet'],
  [/\bYaBrowser\/([\d.]+)/, 'Yandex'],
  [/\bVivaldi\/([\d.]+)/, 'Vivaldi'],
  [/\bSilk\/([\d.]+)/, 'Silk'],
  [/\bElectron\/([\d.]+)/, 'Electron'],
  [/\bHeadlessChrome\/([\d.]+)/, 'Headless Chrome'],
  [/\b(?:Chrome|CriOS)\/([\d.]+)/, 'Chrome'],
  [/\b(?:Firefox|FxiOS)\/([\d.]+)/, 'Firefox'],
  [/\bVersion\/([\d.]+).*\bSafari\//, 'Safari'],
  [/\bMSIE ([\d.]+)/, 'Internet Explorer'],
  [/\bTrident\/.*\brv:([\d.]+)/, 'Internet Explorer'],
  [/^curl\/([\d.]+)/, 'curl'],
  [/^Wget\/([\d.]+)/i, 'Wget'],
  [/^python-requests\/([\d.]+)/, 'Python Requests'],
  [/^Python-urllib\/([\d.]+)/, 'Python urllib'],
  [/^Go-http-client\/([\d.]+)/, 'Go'],
  [/^okhttp\/([\d.]+)/, 'OkHttp'],
  [/^Java\/([\d._]+)/, 'Java'],
  [/^Apache-HttpClient\/([\d.]+)/, 'Apache HttpClient'],
  [/^axios\/([\d.]+)/, 'axios'],
  [/^PostmanRuntime\/([\d.]+)/, 'Postman'],
  [/^kube-probe\/([\d.]+)/, 'kube-probe'],
  [/^Prometheus\/([\d.]+)/, 'Prometheus'],
  [/^Grafana\/([\d.]+)/, 'Grafana'],
  [/^ELB-HealthChecker\/([\d.]+)/, 'ELB health check'],
]; // prettier-ignore
const BOTS =
  /\b([A-Za-z][\w-]{0,40}(?:bot|Bot|crawler|Crawler|spider|Spider)|Googlebot|bingbot|Slurp|facebookexternalhit|Facebot)\b(?:[/ ]([\d.]+))?/;
const SYSTEMS: readonly Rule[] = [
  [/\bWindows NT ([\d.]+)/, 'Windows'],
  [/\bAndroid ([\d.]+)/, 'Android'],
  [/\b(?:iPhone|iPad|iPod).*? OS ([\d_]+)/, 'iOS'],
  [/\bMac OS X ([\d_.]+)/, 'macOS'],
  [/\bCrOS \w+ ([\d.]+)/, 'ChromeOS'],
  [/\bAndroid\b()/, 'Android'],
  [/\bUbuntu\b()/, 'Ubuntu'],
  [/\bLinux\b()/i, 'Linux'],
  [/\bFreeBSD\b()/, 'FreeBSD'],
  [/\bDarwin\/([\d.]+)/, 'macOS'],
]; // prettier-ignore

/** Browser, system and kind of device of a User-Agent header, as `user_agent.…` fields. */
export function userAgentParts(header: string): readonly (readonly [name: string, value: string])[] {
  const text = header.slice(0, 1_024);
  const bot = BOTS.exec(text);
  const browser = bot === null ? found(BROWSERS, text) : { name: bot[1] ?? '', version: bot[2] ?? '' };
  const system = found(SYSTEMS, text);
  const device =
    bot !== null
      ? 'bot'
      : /\biPad\b|\bTablet\b|\bKF[A-Z]+\b|Android(?!.*Mobile)/.test(text)
        ? 'tablet'
        : /\bMobi|\biPhone\b/.test(text)
          ? 'phone'
          : browser !== undefined && system !== undefined
            ? 'desktop'
            : 'other';
  const parts = [
    ['user_agent.name', browser?.name ?? 'Other'],
    ['user_agent.version', browser?.version ?? ''],
    ['user_agent.os.name', system?.name ?? ''],
    ['user_agent.os.version', (system?.version ?? '').replaceAll('_', '.')],
    ['user_agent.device.name', device],
  ] as const;
  return parts.filter(([, value]) => value !== '');
}

function found(rules: readonly Rule[], text: string): { name: string; version: string } | undefined {
  for (const [pattern, name] of rules) {
    const match = pattern.exec(text);
    if (match !== null) return { name, version: match[1] ?? '' };
  }
  return undefined;
}
