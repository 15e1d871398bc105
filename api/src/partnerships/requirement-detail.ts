import type { LocalDate } from '@throughway/vocabulary/local-date';
import type { CredentialNecessity, Level, Necessity, Vote } from '@throughway/vocabulary/network';

export interface RequirementDetail {
  requirementId: string;
  employerId: string;
  employerName: string;
  title: string;
  soc: string;
  countyFips: string;
  headcountPerYear: number;
  wageFloorHourlyCents: number | null;
  recordedOn: LocalDate;
  reviewBy: LocalDate;
  /** Day-one skills first, then trainable, then preferred; by name within. */
  skills: { skillId: string; name: string; level: Level; necessity: Necessity; vote: Vote | null }[];
  credentials: { credentialId: string; necessity: CredentialNecessity }[];
}
