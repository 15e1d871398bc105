import { httpResource } from '@angular/common/http';
import { Injectable } from '@angular/core';
import type { Letter, LetterSummary } from '@throughway/contracts/letters';
import { answer } from './answer';

const LETTERS = '/api/development/letters';

/** What the server wrote to people; in development only. */
@Injectable({ providedIn: 'root' })
export class LettersClient {
  letters() {
    return answer(httpResource<{ letters: LetterSummary[] }>(() => LETTERS));
  }

  /** None while none is chosen. */
  letter(letterId: () => string | undefined) {
    return answer(
      httpResource<Letter>(() => {
        const id = letterId();
        return id === undefined ? undefined : `${LETTERS}/${encodeURIComponent(id)}`;
      }),
    );
  }
}
