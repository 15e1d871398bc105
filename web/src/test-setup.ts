import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless/index.mjs';

// A failed query names what it looked for; the page's whole markup would bury it.
process.env['DEBUG_PRINT_LIMIT'] = '0';

setupZonelessTestEnv({ errorOnUnknownElements: true, errorOnUnknownProperties: true });

/** As in every browser; jsdom lacks it. */
function arrayBuffer(this: Blob): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as ArrayBuffer);
    reader.onerror = () => reject(reader.error ?? new Error('not read'));
    reader.readAsArrayBuffer(this);
  });
}

if (!('arrayBuffer' in Blob.prototype)) Object.assign(Blob.prototype, { arrayBuffer });
