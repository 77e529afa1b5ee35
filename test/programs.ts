// What the README's examples run with, beside Node.
export const PROGRAMS = ['curl', 'openssl', 'python3'] as const;
