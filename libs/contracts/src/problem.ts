import * as z from 'zod';

/**
 * Every refusal and error: RFC 9457 `application/problem+json`. `code` is stable kebab-case; `fields` names where bad
 * input stood; `requestId` is also in the server's log.
 */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  requestId: z.string(),
  fields: z.array(z.object({ path: z.string(), found: z.string(), expected: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;
