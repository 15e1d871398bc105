/** What an organization is. An employer is one identity across all schools; the others own their students' records. */
export const ORGANIZATION_KINDS = ['school', 'district', 'college', 'region', 'state', 'employer'] as const;
export type OrganizationKind = (typeof ORGANIZATION_KINDS)[number];

/** What a membership makes of a person in one organization. `student` and `guardian` stand for one student's record. */
export const ROLES = [
  'administrator',
  'coordinator',
  'educator',
  'leader',
  'employer-admin',
  'employer-member',
  'student',
  'guardian',
] as const;
export type Role = (typeof ROLES)[number];

const SCHOOL_ROLES: readonly Role[] = ['administrator', 'coordinator', 'educator', 'leader', 'student', 'guardian'];
const OFFICE_ROLES: readonly Role[] = ['administrator', 'coordinator', 'leader'];

/** The roles that each kind of organization has. */
export const ROLES_OF: Readonly<Record<OrganizationKind, readonly Role[]>> = {
  school: SCHOOL_ROLES,
  college: SCHOOL_ROLES,
  district: [...OFFICE_ROLES, 'educator'],
  region: OFFICE_ROLES,
  state: OFFICE_ROLES,
  employer: ['employer-admin', 'employer-member'],
};

/** The role that manages an organization's people; its last holder cannot leave. */
export const MANAGING_ROLES: readonly Role[] = ['administrator', 'employer-admin'];

/** Those who see many students' records and so need a second factor: an authenticator code, or a passkey. */
export const STAFF_ROLES: readonly Role[] = ['administrator', 'coordinator', 'educator', 'leader'];
