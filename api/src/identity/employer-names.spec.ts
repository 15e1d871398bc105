import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { einDigits, employerWebDomain, normalizeEmployerName, webDomainOf } from './employer-names.js';

describe('The name of an employer, as it is compared', () => {
  test.each([
    ['Sample Mill, Inc.', 'sample mill'],
    ['SAMPLE  MILL LLC', 'sample mill'],
    ['The Sample Mill Company, L.L.C.', 'sample mill'],
    ['Sample Mill & Co.', 'sample mill'],
    ['Smith & Sons', 'smith and sons'],
    ['Smith and Sons Ltd', 'smith and sons'],
    ["O'Hara Café", 'ohara cafe'],
    ['O’Hara Cafe', 'ohara cafe'],
    ['St. Sample Hospital', 'st sample hospital'],
    ['Łódź Bäckerei', 'łodz backerei'],
    ['Company', 'company'],
    ['The Company', 'the'],
    ['Coca Bottling', 'coca bottling'],
    ['Plant 12', 'plant 12'],
    ['Инструмент ООО', 'инструмент ооо'],
    ['!!!', '!!!'],
  ])('%s is compared as "%s"', (name, key) => {
    expect(normalizeEmployerName(name)).toBe(key);
  });

  test('stays as it is when it is compared again, and is never empty', () => {
    const word = fc.oneof(
      fc.constantFrom('The', 'Inc.', 'LLC', '& Co', 'and', 'É', 'ß', 'İ', 'ﬁ', '12', "'s", 'Sample', '-', '  '),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        const once = normalizeEmployerName(words.join(' '));
        expect(normalizeEmployerName(once)).toBe(once);
        expect(once).not.toBe('');
      }),
      { numRuns: 2000 },
    );
  });
});

describe('The domain of an employer', () => {
  test.each([
    ['https://www.sample-mill.example/jobs?x=1', 'sample-mill.example'],
    ['sample-mill.example', 'sample-mill.example'],
    ['HTTP://Careers.Sample-Mill.example:8080', 'sample-mill.example'],
    ['jobs@mail.sample-mill.example', 'sample-mill.example'],
    ['mailto:jobs@sample-mill.example', 'sample-mill.example'],
    ['shop.sample.co.uk', 'sample.co.uk'],
    ['https://www.sample.k12.ky.us', 'sample.k12.ky.us'],
    ['sample.wixsite.com/home', 'sample.wixsite.com'],
    ['someone@gmail.com', null],
    ['https://facebook.com/samplemill', null],
    ['https://m.facebook.com/samplemill', null],
    ['wixsite.com', null],
    ['n/a', null],
    ['none', null],
    ['192.168.0.1', null],
    ['ftp://sample.example', null],
    ['two words.example', null],
    ['', null],
    [null, null],
  ])('of %s is %s', (address, domain) => {
    expect(webDomainOf(address)).toBe(domain);
  });

  test('is that of the website, or else of the contact, unless many share it', () => {
    const of = (website: string | null, contactEmail: string | null): string | null =>
      employerWebDomain({ website, contactEmail });
    expect(of('sample-mill.example', 'a@other.example')).toBe('sample-mill.example');
    expect(of('facebook.com/samplemill', 'a@sample-mill.example')).toBe('sample-mill.example');
    expect(of(null, 'a@gmail.com')).toBeNull();
  });

  test('stays as it is when it is read again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.domain(), fc.emailAddress(), fc.string()), (address) => {
        const domain = webDomainOf(address);
        expect(webDomainOf(domain)).toBe(domain);
      }),
    );
  });
});

describe('An EIN', () => {
  test.each([
    ['61-1234567', '611234567'],
    ['611234567', '611234567'],
    [' 61 1234567 ', '611234567'],
    ['61–1234567', '611234567'],
    ['1234567', null],
    ['61-12345678', null],
    ['61-123456X', null],
    ['00-1234567', null],
    ['999999999', null],
    ['12-3456789', null],
    ['', null],
    [null, null],
  ])('written %s is %s', (ein, digits) => {
    expect(einDigits(ein)).toBe(digits);
  });

  test('never becomes another', () => {
    const nine = fc.stringMatching(/^[0-9]{9}$/);
    fc.assert(
      fc.property(nine, nine, (one, other) => {
        const dashed = `${one.slice(0, 2)}-${one.slice(2)}`;
        expect([one, null]).toContain(einDigits(one));
        expect(einDigits(dashed)).toBe(einDigits(one));
        if (one !== other && einDigits(one) !== null) expect(einDigits(one)).not.toBe(einDigits(other));
      }),
    );
  });
});
