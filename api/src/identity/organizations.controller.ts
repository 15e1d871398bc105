import { Controller } from '@nestjs/common';
import { type Organization, organizationsApi } from '@throughway/contracts/organizations';
import { Handles, type Input } from '../platform/http/handles.js';
import { OrganizationPeopleService } from './organization-people.service.js';
import { OrganizationsService } from './organizations.service.js';

type Api = typeof organizationsApi;

@Controller()
export class OrganizationsController {
  constructor(
    private readonly service: OrganizationsService,
    private readonly people: OrganizationPeopleService,
  ) {}

  @Handles(organizationsApi.get, 'organization.see')
  get({ actor, params }: Input<Api['get']>): Promise<Organization> {
    return this.service.get(actor, params.organizationId);
  }

  @Handles(organizationsApi.addChild, 'organization.add-children')
  addChild({ actor, params, body, seen }: Input<Api['addChild']>): Promise<Organization> {
    return this.service.addChild(actor, params.organizationId, body, seen);
  }

  @Handles(organizationsApi.invite, 'organization.invite')
  invite({ actor, params, body, request }: Input<Api['invite']>): Promise<Organization> {
    return this.people.invite(actor, params.organizationId, body, request);
  }

  @Handles(organizationsApi.revokeInvitation, 'invitation.revoke')
  revoke({ actor, params }: Input<Api['revokeInvitation']>): Promise<Organization> {
    return this.people.revoke(actor, params.organizationId, params.invitationId);
  }

  @Handles(organizationsApi.resendInvitation, 'invitation.resend')
  resend({ actor, params, request }: Input<Api['resendInvitation']>): Promise<Organization> {
    return this.people.resend(actor, params.organizationId, params.invitationId, request);
  }

  @Handles(organizationsApi.giveRole, 'organization.manage-people')
  giveRole({ actor, params, body, seen }: Input<Api['giveRole']>): Promise<Organization> {
    return this.people.giveRole(actor, params.organizationId, body, seen);
  }

  @Handles(organizationsApi.endMembership, 'organization.end-membership')
  endMembership({ actor, params, seen }: Input<Api['endMembership']>): Promise<{ ended: true }> {
    return this.people.endMembership(actor, params.organizationId, params.membershipId, seen);
  }

  @Handles(organizationsApi.addSite, 'organization.manage-sites')
  addSite({ actor, params, body, seen }: Input<Api['addSite']>): Promise<Organization> {
    return this.service.addSite(actor, params.organizationId, body, seen);
  }

  @Handles(organizationsApi.removeSite, 'organization.manage-sites')
  removeSite({ actor, params, seen }: Input<Api['removeSite']>): Promise<Organization> {
    return this.service.removeSite(actor, params.organizationId, params.siteId, seen);
  }
}
