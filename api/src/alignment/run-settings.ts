import { loadCommutingZones } from './commuting-zones.js';

/** Least coverage at which a cohort may take a seat (DOMAIN 4.3), as written. */
export const THRESHOLD = '0.8';

/** County → 2020 commuting zone, read once. */
export const ZONES = loadCommutingZones();
