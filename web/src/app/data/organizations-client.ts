import { HttpClient, httpResource } from '@angular/common/http';
import { inject, Injectable, resource } from '@angular/core';
import type { Organization, organizationsApi } from '@throughway/contracts/organizations';
import type { OrganizationRef } from '@throughway/contracts/people';
import type { OrganizationKind, Role } from '@throughway/vocabulary/roles';
import { firstValueFrom } from 'rxjs';
import type * as z from 'zod';
import { answer } from './answer';
import { asSeen } from './seen';

export type FoundEmployers = z.infer<(typeof organizationsApi.findEmployers)['response']>;

@Injectable({ providedIn: 'root' })
export class OrganizationsClient {
  private readonly http = inject(HttpClient);

  organization(organizationId: () => string) {
    return answer(httpResource<Organization>(() => at(organizationId())));
  }

  /** Employers whose name, web domain or EIN is like `q`; asks nothing below two characters. */
  employers(q: () => string) {
    return answer(
      httpResource<FoundEmployers>(() =>
        q().trim().length < 2 ? undefined : { url: '/api/employers', params: { q: q().trim() } },
      ),
      'keeps',
    );
  }

  /** The schools and colleges below organizations, however deep; one that cannot be read is left out. */
  schoolsBelow(organizationIds: () => readonly string[]) {
    return resource({
      params: () => organizationIds().join(' ') || undefined,
      loader: ({ params }) => this.walk(params.split(' ')),
    });
  }

  addEmployer(facts: { name: string; webDomain?: string; ein?: string; another: boolean }): Promise<OrganizationRef> {
    return firstValueFrom(this.http.post<OrganizationRef>('/api/employers', facts));
  }

  invite(organizationId: string, invited: { email: string; role: Role; language: 'en' | 'es' }): Promise<Organization> {
    return this.post(`${at(organizationId)}/invitations`, invited);
  }

  resendInvitation(organizationId: string, invitationId: string): Promise<Organization> {
    return this.post(`${at(organizationId)}/invitations/${invitationId}/link`, {});
  }

  revokeInvitation(organizationId: string, invitationId: string): Promise<Organization> {
    return this.remove(`${at(organizationId)}/invitations/${invitationId}`);
  }

  /** This and what follows take the organization as it was answered: they are about what the reader saw. */
  giveRole(seen: Organization, personId: string, role: Role): Promise<Organization> {
    return this.post(`${at(seen.organizationId)}/memberships`, { personId, role }, seen);
  }

  async endMembership(seen: Organization, membershipId: string): Promise<void> {
    await firstValueFrom(this.http.delete(`${at(seen.organizationId)}/memberships/${membershipId}`, asSeen(seen)));
  }

  addChild(seen: Organization, child: { kind: OrganizationKind; name: string }): Promise<Organization> {
    return this.post(`${at(seen.organizationId)}/children`, child, seen);
  }

  addSite(seen: Organization, site: { name: string; countyFips: string }): Promise<Organization> {
    return this.post(`${at(seen.organizationId)}/sites`, site, seen);
  }

  removeSite(seen: Organization, siteId: string): Promise<Organization> {
    return this.remove(`${at(seen.organizationId)}/sites/${siteId}`, seen);
  }

  private async walk(organizationIds: readonly string[]): Promise<OrganizationRef[]> {
    const asked = organizationIds.map((id) => firstValueFrom(this.http.get<Organization>(at(id))));
    const answered = await Promise.allSettled(asked);
    const below = answered.flatMap((one) => (one.status === 'fulfilled' ? one.value.children : []));
    const isSchool = ({ kind }: OrganizationRef): boolean => kind === 'school' || kind === 'college';
    const offices = below.filter((each) => !isSchool(each)).map(({ organizationId }) => organizationId);
    return [...below.filter(isSchool), ...(offices.length > 0 ? await this.walk(offices) : [])];
  }

  private post(path: string, body: object, seen?: Organization): Promise<Organization> {
    return firstValueFrom(this.http.post<Organization>(path, body, seen && asSeen(seen)));
  }

  private remove(path: string, seen?: Organization): Promise<Organization> {
    return firstValueFrom(this.http.delete<Organization>(path, seen && asSeen(seen)));
  }
}

/**
 * Whether the reader manages the people here. A school that brings an employer may give one role only, that of its first
 * administrator, and manages nobody.
 */
export function managesPeople(organization: Organization | undefined): boolean {
  return (organization?.mayGive.length ?? 0) > 1;
}

function at(organizationId: string): string {
  return `/api/organizations/${encodeURIComponent(organizationId)}`;
}
