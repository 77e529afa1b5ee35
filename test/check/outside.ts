// The web as the Worker's tests see it: each address holds what its page answers, so that no test needs a server's state.

/** What a page answers. */
export interface Outside {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** Says nothing for so many milliseconds. */
  wait?: number;
  /** So many bytes of nothing before the body. */
  filled?: number;
}

/** The address of a page that answers so. */
export const addressOf = (answer: Outside, origin: string): string =>
  `${origin}/?answer=${encodeURIComponent(JSON.stringify(answer))}`;

/** Answers any request that leaves the Worker. */
export async function outside(request: { url: string }): Promise<Response> {
  const { status, headers, body, wait, filled }: Outside = JSON.parse(
    new URL(request.url).searchParams.get('answer') ?? '{"status":500}',
  );
  if (wait) await new Promise((resolve) => setTimeout(resolve, wait));
  return new Response((filled ? ' '.repeat(filled) : '') + (body ?? ''), {
    status: status ?? 200,
    headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  });
}
