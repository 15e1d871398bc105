import { Module } from '@nestjs/common';
import { AccountRemovalService } from './account-removal.service.js';
import { AuthenticatorService } from './authenticator.service.js';
import { Ceremonies } from './ceremonies.js';
import { CredentialsController } from './credentials.controller.js';
import { EmployerDuplicatesService } from './employer-duplicates.service.js';
import { EmployerIdentitiesService } from './employer-identities.service.js';
import { EmployersController } from './employers.controller.js';
import { EmployersService } from './employers.service.js';
import { ForgettingJobs } from './forgetting.jobs.js';
import { InvitationAnswersService } from './invitation-answers.service.js';
import { InvitationsController } from './invitations.controller.js';
import { InvitationsService } from './invitations.service.js';
import { KnownDevices } from './known-devices.js';
import { OptionalMails } from './optional-mails.service.js';
import { OrganizationPeopleService } from './organization-people.service.js';
import { OrganizationsController } from './organizations.controller.js';
import { OrganizationsService } from './organizations.service.js';
import { PasskeySignInService } from './passkey-sign-in.service.js';
import { PasskeysController } from './passkeys.controller.js';
import { PasskeysService } from './passkeys.service.js';
import { PasswordService } from './password.service.js';
import { Passwords } from './passwords.js';
import { ProfileController } from './profile.controller.js';
import { ProfileService } from './profile.service.js';
import { ProviderDirectory } from './provider-directory.js';
import { ProvidersController } from './providers.controller.js';
import { ProvidersService } from './providers.service.js';
import { SamplePeopleController } from './sample-people.controller.js';
import { SamplePeople } from './sample-people.js';
import { SamplePeopleService } from './sample-people.service.js';
import { SecondFactorService } from './second-factor.service.js';
import { SessionController } from './session.controller.js';
import { SessionService } from './session.service.js';
import { SignInLimits } from './sign-in-limits.js';
import { SignInLinks } from './sign-in-links.service.js';
import { SignInController } from './sign-in.controller.js';
import { SignInService } from './sign-in.service.js';
import { StandingChanges } from './standing-changes.js';
import { SupervisorLinks } from './supervisor-links.service.js';

@Module({
  controllers: [
    CredentialsController,
    EmployersController,
    InvitationsController,
    OrganizationsController,
    PasskeysController,
    ProfileController,
    ProvidersController,
    SamplePeopleController,
    SessionController,
    SignInController,
  ],
  providers: [
    AccountRemovalService,
    AuthenticatorService,
    Ceremonies,
    EmployerDuplicatesService,
    EmployerIdentitiesService,
    EmployersService,
    ForgettingJobs,
    InvitationAnswersService,
    InvitationsService,
    KnownDevices,
    OptionalMails,
    OrganizationPeopleService,
    OrganizationsService,
    PasskeySignInService,
    PasskeysService,
    PasswordService,
    Passwords,
    ProfileService,
    ProviderDirectory,
    ProvidersService,
    SamplePeople,
    SamplePeopleService,
    SecondFactorService,
    SessionService,
    SignInLimits,
    SignInLinks,
    SignInService,
    StandingChanges,
    SupervisorLinks,
  ],
  exports: [
    EmployerDuplicatesService,
    EmployerIdentitiesService,
    InvitationsService,
    OptionalMails,
    SamplePeople,
    SessionService,
    StandingChanges,
    SupervisorLinks,
  ],
})
export class IdentityModule {}
