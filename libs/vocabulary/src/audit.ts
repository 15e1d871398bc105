/** What is recorded, in the words that stand in the chain. Signing in is not: a session's rows say it, and go after 30 days. */
export const AUDIT_ACTIONS = [
  'membership-given',
  'membership-ended',
  'invitation-sent',
  'invitation-accepted',
  'invitation-revoked',
  'account-unlinked',
  'organization-added',
  'site-added',
  'site-removed',
  'employer-added',
  'employers-merged',
  'employers-kept-apart',
  'employer-decision-undone',
  'supervisor-link-made',
  'supervisor-link-revoked',
  'students-imported',
  'student-erased',
  'consent-asked',
  'consent-given',
  'consent-declined',
  'consent-withdrawn',
  'account-removed',
  'import-received',
  'password-changed',
  'passkey-added',
  'passkey-removed',
  'authenticator-added',
  'authenticator-removed',
  'service-linked',
  'service-unlinked',
  'signed-out-everywhere',
  'person-suspended',
  'person-restored',
  'second-factor-reset',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const AUDIT_SUBJECTS = [
  'person',
  'invitation',
  'organization',
  'site',
  'employer-pair',
  'supervisor-link',
  'student',
  'guardian',
  'import',
] as const;
export type AuditSubject = (typeof AUDIT_SUBJECTS)[number];

/** Someone signed in; whoever holds a link that was mailed to a guardian or student; whoever runs the server; the server by itself. */
export const AUDIT_ACTORS = ['person', 'link', 'operator', 'worker'] as const;
