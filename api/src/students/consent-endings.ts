import { Injectable } from '@nestjs/common';
import { StandingChanges } from '../identity/standing-changes.js';
import { Clock } from '../platform/clock/clock.js';
import { endGivenBy, endSharedWith } from './end-consents.js';

/** Ends consents whose giver goes, or whose recipient is somebody else from now on. */
@Injectable()
export class ConsentEndings {
  constructor(changes: StandingChanges, clock: Clock) {
    changes.accountGoes.follow((em, { personId }, by) => endGivenBy(em, personId, { ...by, today: clock.today() }));
    changes.employerIsNew.follow((em, { employerIds }, by) =>
      endSharedWith(em, employerIds, { ...by, today: clock.today() }),
    );
  }
}
