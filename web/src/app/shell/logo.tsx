/** The mark: a pulse in a circle. */
export function Logo({ size = 20 }: { readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      aria-hidden="true"
    >
      <circle cx="12" cy="12" r="10" />
      <path d="M5 12h3l2-5 4 10 2-5h3" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
