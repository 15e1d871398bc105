/** Days after the event through which evidence, a fallen-due activation or an answer still speaks (DOMAIN 4.5, EXACT Partnerships). */
export const CURRENT_DAYS = 365;

/** Days after opening through which an untested job commitment still carries rung 2, and after which it is `promise-untested` (DOMAIN 4.5). */
export const UNTESTED_DAYS = 180;

/** Days by which evidence may be recorded late without a second person (DOMAIN 4.5). */
export const BACKDATING_DAYS = 30;

/** Days that `slipping` looks ahead (DOMAIN 4.5). */
export const LOOK_AHEAD_DAYS = 60;

/** The day on which something that never happens happens. */
export const NEVER = Infinity;
