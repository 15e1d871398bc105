import * as z from 'zod';
import { endpoint } from './endpoint.js';
import * as w from './words.js';

export const LetterSummary = z.object({
  /** Of its mail. */
  letterId: z.uuid(),
  subject: z.string(),
  to: z.string(),
  writtenAt: w.Instant,
});
export type LetterSummary = z.infer<typeof LetterSummary>;

export const Letter = LetterSummary.extend({
  from: z.string(),
  text: z.string(),
  /** Where its other form is served by itself, to be framed: a page that runs no script and loads nothing; null without one. */
  htmlUrl: z.string().nullable(),
});
export type Letter = z.infer<typeof Letter>;

/** What the server wrote to people, for whoever sits at it; in development only. */
export const lettersApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/development/letters',
    summary: 'The latest letters, newest first (development only)',
    response: z.object({ letters: z.array(LetterSummary) }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/development/letters/:letterId',
    summary: 'One letter (development only)',
    params: z.object({ letterId: z.uuid() }),
    response: Letter,
  }),
};
