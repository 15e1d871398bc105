import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { digestNetwork } from './digest-network.js';
import { aFolder, readTexts, withRow, type Folder } from './folder.builder.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const digestOf = (folder: Folder) => digestNetwork(readTexts(folder).network, sha256);
const everyFile = (change: (text: string) => string): Folder =>
  Object.fromEntries(Object.entries(aFolder()).map(([name, text]) => [name, change(String(text))]));

describe('the digest of a network', () => {
  const digest = digestOf(aFolder());

  test('is a SHA-256 in hexadecimal', () => {
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each<[string, Folder]>([
    [
      'rows in another order',
      everyFile((text) => {
        const [header, ...rows] = text.trimEnd().split('\n');
        return [header, ...rows.reverse(), ''].join('\n');
      }),
    ],
    ['unknown columns', everyFile((text) => text.replaceAll(/^(.+)$/gm, '$1,extra'))],
    ['CRLF', everyFile((text) => text.replaceAll('\n', '\r\n'))],
    ['an empty optional file that was missing before', withRow('units.csv', 1, 'U1,V1,Arc welding,120.50')],
    [
      'a wage written another way',
      withRow('commitments.csv', 1, 'M1,E1,S1,R1,,direct-hire,2,19.00,2026-01-01,2026-12-31,10'),
    ],
  ])('stays with %s', (_, folder) => {
    expect(readTexts(folder).errors).toEqual([]);
    expect(digestOf(folder)).toBe(digest);
  });

  test('does not depend on the order of a network made in memory', () => {
    const { network } = readTexts(aFolder());
    expect(digestNetwork({ ...network, skills: [...network.skills].reverse() }, sha256)).toBe(digest);
  });

  test('stays when newlines within cells change with the line ends, and tells a backslash from them', () => {
    const named = (name: string) => digestOf(aFolder({ 'skills.csv': `skill_id,name\nK1,"${name}"\nK2,\n` }));
    expect(named('a\r\nb')).toBe(named('a\nb'));
    expect(named('a\\rb')).not.toBe(named('a\\nb'));
    expect(named('a\\rb')).not.toBe(named('a\rb'));
  });

  test.each<[string, Folder]>([
    ['an id', withRow('skills.csv', 'new', 'K3,Sawing')],
    ['a name', withRow('skills.csv', 2, 'K2,Reading')],
    ['a date', withRow('versions.csv', 1, 'V1,P1,2024-08-02')],
    [
      'a cell moved to another file',
      aFolder({ 'credentials.csv': 'credential_id,name\nQ1,Sample certificate\nK9,\n' }),
    ],
  ])('changes with %s', (_, folder) => {
    expect(readTexts(folder).errors).toEqual([]);
    expect(digestOf(folder)).not.toBe(digest);
  });
});
