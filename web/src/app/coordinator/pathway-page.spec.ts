import { describe, expect, test } from '@jest/globals';
import { fireEvent, within } from '@testing-library/dom';
import { openPage, Refusal } from '../../testing/open-page';
import { aMatch, aPathwayPage } from '../../testing/a-pathway';

const URL = '/pathways/pw-welding?cohort=coh-welding-2027&network=sample';
const answers = (page = aPathwayPage()) => ({ '/api/pathways/pw-welding': page });

describe('A pathway', () => {
  test('is asked for with the cohort and network of the address', async () => {
    const { asked, page } = await openPage(URL, answers());
    expect(asked).toEqual(['GET /api/pathways/pw-welding?cohort=coh-welding-2027&network=sample']);
    expect(page.getByRole('heading', { level: 1 }).textContent).toBe('Sample Welding');
  });

  test('shows where its graduates go, most first, and who is left without a seat', async () => {
    const { page } = await openPage(URL, answers());
    const flow = within(page.getByRole('list', { name: 'Graduates, by where they find a seat' })).getAllByRole(
      'listitem',
    );
    expect(flow.map((item) => item.textContent.trim().replace(/\s+/g, ' '))).toEqual([
      expect.stringMatching(/^6 ?Pipe fitter helper/),
      expect.stringMatching(/^4 ?Welder, structural/),
      expect.stringMatching(/^14 ?Without a seat/),
    ]);
  });

  test('names gaps, missing credentials and readiness of each requirement', async () => {
    const { page } = await openPage(URL, answers());
    const [welder, fitter] = page.getAllByRole('article');
    expect(within(welder!).getByText('1 skill gap')).toBeTruthy();
    expect(within(welder!).getByText('1 credential missing')).toBeTruthy();
    expect(within(welder!).getByText('AWS D1.1 Certified Welder')).toBeTruthy();
    expect(within(welder!).getByText('taught 2, needed 3 of 4')).toBeTruthy();
    expect(within(fitter!).getByText('Ready: no gap, no credential missing')).toBeTruthy();
  });

  test('an untaught trainable skill is not counted as a gap', async () => {
    const { page } = await openPage(URL, answers());
    expect(page.getByText('taught 0, needed 2 of 4')).toBeTruthy();
    expect(page.queryByText('2 skill gaps')).toBeNull();
  });

  test('a requirement without day-one skills has no coverage, and says why it takes no seat', async () => {
    const match = aMatch({ coverage: null, skills: [], missingCredentials: [], wageFloorHourlyCents: null, seated: 0 });
    const { page } = await openPage(URL, answers(aPathwayPage({ matches: [match] })));
    const article = within(page.getByRole('article'));
    expect(article.getByText('not known', { selector: '.share-bar-number' })).toBeTruthy();
    expect(article.getByText(/lists no day-one skill/)).toBeTruthy();
    expect(article.getByText(/Pays at least: not known/)).toBeTruthy();
  });

  test('a cohort outside the run’s year shows no seats, not zero seats', async () => {
    const { cohort } = aPathwayPage();
    const outside = aPathwayPage({
      cohort: { ...cohort, completesOn: '2028-05-12', seated: null, seatShare: null },
    });
    const { page } = await openPage(URL, answers(outside));
    expect(page.getByText('With a seat').nextElementSibling?.textContent).toBe('not known');
    expect(page.getByText(/does not complete in the year from Jun 30, 2026/)).toBeTruthy();
  });

  test('interview promises are doors and are not counted as seats', async () => {
    const { page } = await openPage(URL, answers());
    expect(page.getByText('Promised seats', { selector: 'dt' }).nextElementSibling?.textContent).toBe('4');
    const doors = page.getByRole('region', { name: /Promised interviews/ });
    expect(within(doors).getByRole('row', { name: /Car repairer/ }).textContent).toContain('Guaranteed interview');
  });

  test('projected openings name source and vintage, and are not known where there is no forecast', async () => {
    const known = await openPage(URL, answers());
    const forecast = within(known.page.getByRole('region', { name: /Projected openings/ }));
    expect(forecast.getAllByText('KYSTATS Occupational Outlook')).toHaveLength(2);
    expect(forecast.getAllByText('2022–2032')).toHaveLength(2);
    expect(forecast.getAllByText('newer figures are due')).toHaveLength(2);
    expect(forecast.getByRole('row', { name: /47-2211/ }).textContent).toContain('not known');
  });

  test('no forecast at all is said in words', async () => {
    const { demand } = aPathwayPage();
    const { page } = await openPage(URL, answers(aPathwayPage({ demand: { ...demand, projected: [] } })));
    expect(page.getByText(/projected openings are not known/)).toBeTruthy();
    expect(page.getByText('Projected openings', { selector: 'dt' }).nextElementSibling?.textContent).toBe('not known');
  });

  test('a flag opens the rows that raise it', async () => {
    const { page } = await openPage(URL, answers());
    const flags = within(page.getByRole('region', { name: /Flags, and what stands behind them/ }));
    expect(flags.getByText('since Sep 1, 2025')).toBeTruthy();
    expect(flags.getByText('1 record that raises it')).toBeTruthy();
    expect(flags.getByText(/Requirement: Welder, structural · Sample Fabrication/)).toBeTruthy();
  });

  test('the cheapest next step says what to teach and what it brings', async () => {
    const { page } = await openPage(URL, answers());
    const steps = within(page.getByRole('region', { name: 'Cheapest next step' }));
    expect(steps.getByText(/Teach Read blueprints until a graduate does it alone\./)).toBeTruthy();
    expect(steps.getByText(/Coverage of Welder, structural at Sample Fabrication becomes 100%/)).toBeTruthy();
  });

  test('units nobody asks for, credentials and educators’ currency are shown', async () => {
    const { page } = await openPage(URL, answers());
    expect(page.getByRole('row', { name: /Forge craft/ }).textContent).toContain('nobody in reach asks');
    expect(page.getByText(/Nobody in reach asks for 60 hours of this, 10% of all taught hours/)).toBeTruthy();
    expect(page.getByText('not current, last contact Feb 1, 2021')).toBeTruthy();
  });

  test('another cohort is chosen through the address', async () => {
    const { page, settle, address } = await openPage(URL, answers());
    fireEvent.change(page.getByLabelText('Cohort that completes on'), { target: { value: 'coh-welding-2028' } });
    await settle();
    expect(address()).toBe('/pathways/pw-welding?cohort=coh-welding-2028&network=sample');
  });

  test('a pathway that does not exist says so and leads back', async () => {
    const { page } = await openPage('/pathways/none', {
      '/api/pathways/none': new Refusal(404, 'There is no such pathway.'),
    });
    expect(page.getByRole('alert').textContent).toContain('There is no such pathway.');
    expect(page.getByRole('link', { name: 'Back to the board' })).toBeTruthy();
  });

  test('in Spanish, levels and promises are Spanish', async () => {
    const { page } = await openPage(URL, answers(), 'es');
    expect(page.getByText(/Enseñar Read blueprints hasta que el graduado lo haga por su cuenta/)).toBeTruthy();
    expect(page.getByText('Entrevista garantizada')).toBeTruthy();
  });

  test('in Spanish, what its publisher names in English is marked as English', async () => {
    const { page } = await openPage(URL, answers(), 'es');
    for (const name of ['Welders, Cutters, Solderers, and Brazers', 'Welding Technology/Welder', 'Weld inspection'])
      for (const named of page.getAllByText(name)) expect(named.lang).toBe('en');
  });
});
