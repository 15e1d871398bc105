import { afterAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { servePortal } from './portal.js';
import { secure } from './secure.js';

const folder = mkdtempSync(join(tmpdir(), 'throughway-portal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A pattern of `String.replace` in the styles must come through as it stands. */
const STYLES = 'a::after{content:"$& $1"}';
writeFileSync(join(folder, 'styles-ABCD1234.css'), STYLES);
writeFileSync(
  join(folder, 'index.html'),
  '<head><link rel="stylesheet" href="styles-ABCD1234.css"></head><app-root ngCspNonce="__CSP_NONCE__"></app-root>',
);

const app = express();
secure(app, { https: false });
servePortal(app, folder);

describe('the page of the portal', () => {
  test('carries its style sheet under the nonce that its policy names, and allows nothing else inline', async () => {
    const answer = await request(app).get('/regions/ky-ekcep').expect(200);
    const policy = answer.headers['content-security-policy'] ?? '';
    const nonce = /style-src 'self' 'nonce-([\w+/=]+)'/.exec(policy)?.[1];
    expect(nonce).toBeTruthy();
    expect(answer.text).toBe(
      `<head><style nonce="${nonce}">${STYLES}</style></head><app-root ngCspNonce="${nonce}"></app-root>`,
    );
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
  });

  test('has another nonce each time, and is asked for anew', async () => {
    const [first, second] = [await request(app).get('/'), await request(app).get('/')];
    expect(first.text).not.toBe(second.text);
    expect(first.headers['cache-control']).toBe('no-cache');
    const sheet = await request(app).get('/styles-ABCD1234.css').expect(200);
    expect(sheet.headers['cache-control']).toContain('immutable');
  });
});
