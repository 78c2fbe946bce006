/** A scion set into a stock: two shoots that become one stem. */
export function Logo() {
  return (
    <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="var(--accent)" />
      <g fill="none" stroke="var(--accent-text)" strokeWidth="2.4" strokeLinecap="round">
        <path d="M16 26V15" />
        <path d="M16 18c0-5 3-8 8-8.5C24 15 21 18 16 18z" strokeLinejoin="round" />
        <path d="M16 14.5c0-4-2.5-6.5-7-7C9 12 11.5 14.5 16 14.5z" strokeLinejoin="round" />
      </g>
    </svg>
  );
}
