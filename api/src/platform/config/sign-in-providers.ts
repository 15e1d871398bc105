import * as z from 'zod';

/** An address to which secrets may go: https, or http that stays on this machine (development and tests). */
function isConfidential(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname));
}

const SignInProvider = z.object({
  /** Stands in the address that the service sends people back to: /sign-in/services/<providerId>. */
  providerId: z.string().regex(/^[a-z0-9-]{1,60}$/),
  /** On the button. */
  name: z.string().min(1).max(100),
  issuer: z.url().refine(isConfidential, 'https, or http on localhost'),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  scope: z
    .string()
    .default('openid')
    .refine((scope) => scope.split(' ').includes('openid'), 'a scope with openid in it'),
  /** The claim that names the district, where one issuer serves many (Clever, ClassLink). */
  districtClaim: z.string().min(1).optional(),
});
export type SignInProvider = z.infer<typeof SignInProvider>;

export const SignInProviders = z
  .array(SignInProvider)
  .refine(
    (providers) => new Set(providers.map(({ providerId }) => providerId)).size === providers.length,
    'each providerId once',
  );
