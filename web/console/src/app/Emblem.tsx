/** The house mark: a cinnabar seal impression. */
export function Emblem({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <rect width="32" height="32" rx="5" fill="#a8281d" />
      <path d="M8 9h16M16 6v20M9 15h14M8 24h16" stroke="#fff" strokeWidth="2.6" strokeLinecap="square" fill="none" />
    </svg>
  );
}
