/** The nonce with which the server lets libraries add style elements (content security policy); '' when there is none. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}
