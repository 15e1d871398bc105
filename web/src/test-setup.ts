import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless/index.mjs';

// A failed query names what it looked for; the page's whole markup would bury it.
process.env['DEBUG_PRINT_LIMIT'] = '0';

setupZonelessTestEnv({ errorOnUnknownElements: true, errorOnUnknownProperties: true });
