import { Injectable } from '@nestjs/common';
import type { Consent } from '@throughway/contracts/consents';
import type { EntityManager } from 'typeorm';
import { OptionalMails } from '../identity/optional-mails.service.js';
import { type Actor, settled } from '../platform/auth/actor.js';
import { grantsOf } from '../platform/auth/sight.js';
import { digestOf } from '../platform/auth/tokens.js';
import { Clock } from '../platform/clock/clock.js';
import { Transactions } from '../platform/database/transactions.js';
import { notFound, Refusal } from '../platform/errors/refusal.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { openConsentLink } from './consent-asking.repository.js';
import { type ConsentSight, consentSight, linkedConsentSight } from './consent-sight.js';
import {
  type ConsentRecord,
  findConsent,
  isAskerStillThere,
  lockConsent,
  lockConsentAndRecord,
} from './consents.repository.js';
import { recordConsent } from './record-consent.js';
import { answerConsent, type Signer, viewConsent, withdrawConsent } from './decide-consent.js';

/** Given, declined and withdrawn: by an account, or by the link that was mailed to whom the record names. */
@Injectable()
export class ConsentDecisions {
  constructor(
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly mails: OptionalMails,
    private readonly publicUrl: PublicUrl,
  ) {}

  /** @throws not-signed-in, second-factor-needed, not-found; as {@link answerConsent} */
  answer(asking: Actor | null, consentId: string, answer: 'given' | 'declined'): Promise<Consent> {
    const actor = settled(asking);
    const sight = consentSight(actor, 'consent.read', this.clock.todayAsDay());
    const subjectIds = actor.roles.flatMap(({ subjectId }) => subjectId ?? []);
    return this.transactions.inTenant({ actor }, async (em) => {
      await lockConsentAndRecord(em, consentId);
      const consent = await findConsent(em, sight, consentId);
      if (!consent) throw notFound('consent');
      await this.sign(em, consent, answer, { personId: actor.personId, subjectIds });
      return show(em, sight, consentId);
    });
  }

  /** Also for who gave it and is not the rights holder any more. @throws not-signed-in, second-factor-needed, not-found; as {@link withdrawConsent} */
  withdraw(asking: Actor | null, consentId: string): Promise<Consent> {
    const actor = settled(asking);
    const today = this.clock.todayAsDay();
    return this.transactions.inTenant({ actor }, async (em) => {
      await lockConsent(em, consentId);
      for (const line of ['consent.withdraw', 'consent.read'] as const) {
        const sight = consentSight(actor, line, today);
        const consent = await findConsent(em, sight, consentId);
        if (!consent) continue;
        await this.end(em, consent, { personId: actor.personId, subjectIds: [] });
        return show(em, sight, consentId);
      }
      throw notFound('consent');
    });
  }

  /** @throws link-over */
  openLink(token: string): Promise<Consent> {
    return this.byLink(token, () => Promise.resolve());
  }

  /** @throws link-over; as {@link answerConsent} */
  answerByLink(token: string, answer: 'given' | 'declined'): Promise<Consent> {
    return this.byLink(token, (em, consent, signer) => this.sign(em, consent, answer, signer), lockConsentAndRecord);
  }

  /** @throws link-over; as {@link withdrawConsent} */
  withdrawByLink(token: string): Promise<Consent> {
    return this.byLink(token, (em, consent, signer) => this.end(em, consent, signer));
  }

  /** One link that never was, is over, or was mailed to an address that the record does not have any more are the same. */
  private byLink(
    token: string,
    decide: (em: EntityManager, consent: ConsentRecord, signer: Signer) => Promise<void>,
    lock = lockConsent,
  ): Promise<Consent> {
    return this.transactions.run(async (em) => {
      const digest = digestOf(token);
      const link = await openConsentLink(em, digest, this.clock.today());
      if (link) {
        const { consentId, guardianId } = link;
        const sight = linkedConsentSight({ digest, guardianId, consentId }, this.clock.todayAsDay());
        await lock(em, consentId);
        const consent = await findConsent(em, sight, consentId);
        if (consent) {
          await decide(em, consent, { personId: null, subjectIds: guardianId ? [guardianId] : [] });
          return show(em, sight, consentId);
        }
      }
      throw new Refusal(404, 'link-over', 'This link opens nothing any more. Ask the school for a new one.');
    });
  }

  private async end(em: EntityManager, consent: ConsentRecord, by: Signer): Promise<void> {
    const at = this.clock.now();
    const as = await withdrawConsent(em, consent, at);
    if (as !== null) await recordConsent(em, consent, { action: 'consent-withdrawn', as, at, by });
  }

  private async sign(
    em: EntityManager,
    consent: ConsentRecord,
    answer: 'given' | 'declined',
    signer: Signer,
  ): Promise<void> {
    const at = this.clock.now();
    if (!(await answerConsent(em, consent, { answer, at, signer }))) return;
    await this.tellAsker(em, consent, answer);
    await recordConsent(em, consent, { action: `consent-${answer}`, as: consent.rightsHolder, at, by: signer });
  }

  /** Who asked learns of an answer, as long as the record is theirs to keep. */
  private async tellAsker(em: EntityManager, consent: ConsentRecord, answer: 'given' | 'declined'): Promise<void> {
    const roles = grantsOf('consent.ask').flatMap((grant) => grant.roles ?? []);
    if (!(await isAskerStillThere(em, consent, roles))) return;
    const { student, school, recipient, askedById } = consent;
    const url = this.publicUrl.page(null, `/students/${student.studentId}`);
    const detail = { school: school.name, employer: recipient.name, answer, url };
    await this.mails.send(em, askedById, 'consent-answered', detail, student.studentId);
  }
}

async function show(em: EntityManager, sight: ConsentSight, consentId: string): Promise<Consent> {
  const consent = await findConsent(em, sight, consentId);
  if (!consent) throw notFound('consent');
  return viewConsent(consent);
}
