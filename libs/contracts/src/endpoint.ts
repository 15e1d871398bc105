import type * as z from 'zod';

/**
 * One operation of the wire, declared once: the api mounts exactly one handler for it, OpenAPI is made from it, the
 * web's client calls it. `path` is in Express form (`/api/things/:thingId`); GET and DELETE carry `query`, others `body`.
 */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: `/api/${string}` | `/health/${string}`;
  summary: string;
  params?: Params;
  query?: Query;
  body?: Body;
  /** Bodies that are not JSON (file uploads) name their media type; the handler reads the stream itself. */
  bodyMedia?: 'multipart/form-data';
  /**
   * Acts once for each `Idempotency-Key`: the command, sent again by the same asker, is answered as it was the first time and does
   * nothing more (docs/adr/0023). Every operation that is no GET says so or stands on the list of those that need not.
   */
  idempotent?: true;
  /**
   * Changes what somebody else may have changed since the asker looked: `If-Match` names what they saw by its ETag, or `*` for
   * whatever it is now.
   */
  ifMatch?: true;
  /** Answers with server-sent events: each is a whole `response`, the first as it is now, then as it changes, until no more comes. */
  stream?: true;
  status?: 200 | 201 | 202;
  response: Response;
}

/** Keeps the literal types of a declaration while checking its form. */
export function endpoint<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  declaration: Endpoint<P, Q, B, R>,
): Endpoint<P, Q, B, R> {
  return declaration;
}
