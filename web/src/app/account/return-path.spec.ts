import { describe, expect, test } from '@jest/globals';
import { homeOf, pathHere } from './return-path';

const HERE = 'https://pathways.example.org';

describe('The way back after a sign-in', () => {
  test.each([
    ['/students?q=a&page=2', '/students?q=a&page=2'],
    ['/organizations/0d9f#people', '/organizations/0d9f#people'],
    ['/a/../students', '/students'],
  ])('leads to a page of this portal: %s', (asked, path) => {
    expect(pathHere(asked, HERE)).toBe(path);
  });

  test.each([
    null,
    '',
    'students',
    'https://elsewhere.example/',
    '//elsewhere.example/',
    '/\\elsewhere.example/',
    '/\t/elsewhere.example/',
    '/.//elsewhere.example/',
    'javascript:alert(1)',
    '/sign-in?then=/sign-in',
  ])('leads nowhere else: %s', (asked) => {
    expect(pathHere(asked, HERE)).toBeNull();
  });
});

test('each person begins where their work is', () => {
  const at = (role: 'administrator' | 'coordinator' | 'employer-member' | 'guardian') =>
    homeOf({
      memberships: [
        {
          membershipId: 'm',
          role,
          since: '2026-01-01T00:00:00Z',
          organization: { organizationId: 'o', name: 'Sample', kind: 'school', sample: true },
        },
      ],
    });
  expect([
    at('administrator'),
    at('coordinator'),
    at('employer-member'),
    at('guardian'),
    homeOf({ memberships: [] }),
  ]).toEqual(['/organizations', '/', '/organizations', '/my-students', '/profile']);
});
