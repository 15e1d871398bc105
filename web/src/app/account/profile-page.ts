import { Component, inject, linkedSignal } from '@angular/core';
import { ProfileClient } from '../data/profile-client';
import { RoleLine } from '../ui/role-line';
import { Skeleton } from '../ui/skeleton';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';
import { DeleteAccount } from './delete-account';
import { ProfileAuthenticator } from './profile-authenticator';
import { ProfileMails } from './profile-mails';
import { ProfilePasskeys } from './profile-passkeys';
import { ProfilePerson } from './profile-person';
import { ProfileServices } from './profile-services';
import { ProfileSessions } from './profile-sessions';
import { SetPassword } from './set-password';

/** A person's own account: who they are, how they sign in, and where they are signed in. */
@Component({
  selector: 'app-profile-page',
  imports: [
    DeleteAccount,
    ProfileAuthenticator,
    ProfileMails,
    ProfilePasskeys,
    ProfilePerson,
    ProfileServices,
    ProfileSessions,
    RoleLine,
    SetPassword,
    Skeleton,
    TroubleNotice,
  ],
  templateUrl: './profile-page.html',
})
export class ProfilePage {
  protected readonly words = inject(Words);
  protected readonly answer = inject(ProfileClient).profile();
  /** As answered last, by the page's first request or by a change. */
  protected readonly profile = linkedSignal(() => this.answer.value());
}
