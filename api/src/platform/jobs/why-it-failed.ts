const LONGEST = 200;

/**
 * What a job keeps of what its handler threw. A sentence of ours names ids alone and is kept. Of what others throw (PostgreSQL, Node, a
 * mail server) the code is kept and never the sentence, which may quote the row or the address that it was about.
 */
export function whyItFailed(error: unknown): string {
  const { code, name, message } = (error ?? {}) as { code?: unknown; name?: unknown; message?: unknown };
  if (typeof code === 'string' && code !== '') return code.slice(0, LONGEST);
  const isOurs = name === 'Error' && typeof message === 'string' && message !== '';
  return (isOurs ? message : typeof name === 'string' ? name : 'unknown').slice(0, LONGEST);
}
