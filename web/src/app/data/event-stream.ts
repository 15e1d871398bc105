/**
 * Listens to a stream of the api, of which each event is a whole `T`. `broken` is called once, when it ends or cannot be had: a stream
 * that has told everything is stopped by then. Answers what stops it.
 */
export function listen<T>(
  path: string,
  { next, broken }: { next: (value: T) => void; broken: () => void },
): () => void {
  if (typeof EventSource === 'undefined') {
    broken();
    return () => undefined;
  }
  const source = new EventSource(path);
  source.onmessage = ({ data }: MessageEvent<string>) => next(JSON.parse(data) as T);
  source.onerror = () => {
    source.close();
    broken();
  };
  return () => source.close();
}
