import type { EntityManager } from 'typeorm';
import { refuse } from '../platform/errors/refusal.js';
import { loadSecondFactorNeeds } from './credentials.repository.js';
import { PASSWORD_ALONE } from './password-rules.js';

/**
 * To be called in the transaction that took away an app or a passkey, after {@link lockPerson}: refuses when it was the last and is
 * needed. @throws second-factor-required, second-factor-protects-password
 */
export async function keepSecondFactor(em: EntityManager, personId: string): Promise<void> {
  const { there, staff, passwordLength } = await loadSecondFactorNeeds(em, personId);
  if (there) return;
  if (staff) {
    throw refuse(
      'second-factor-required',
      'Your role needs a second factor. Add another one first, then remove this one.',
    );
  }
  if (passwordLength !== null && passwordLength < PASSWORD_ALONE) {
    throw refuse(
      'second-factor-protects-password',
      `Your password has ${passwordLength} characters and needs a second factor beside it. Set one of ${PASSWORD_ALONE} or more first.`,
    );
  }
}
