import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { COHORT_FLAG_CODES, PARTNERSHIP_FLAG_CODES } from '@throughway/vocabulary/alignment-result';
import { FlagChip } from '../ui/flag-chip';
import { Words } from '../ui/words';

/** What the figures mean, in the order in which a reader meets them. */
const TERMS = ['seat', 'seat-share', 'coverage', 'ready', 'level', 'orphan', 'reach', 'live', 'kept-rate', 'run'];

/** Sources in the publishers' own words; O*NET's sentence is a condition of its licence and stays as it is. */
const SOURCES = [
  {
    name: 'O*NET 29.3',
    words:
      'This product includes information from the O*NET 29.3 Database by the U.S. Department of Labor, Employment and ' +
      'Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. Modified.',
  },
  { name: 'KYSTATS', words: 'Kentucky Center for Statistics (KYSTATS), Occupational Outlook 2022–2032.' },
  {
    name: 'BLS',
    words:
      'U.S. Bureau of Labor Statistics: Employment Projections 2024–34; OEWS May 2025; Local Area Unemployment ' +
      'Statistics 2023; SOC 2018.',
  },
  { name: 'Census', words: 'U.S. Census Bureau: American Community Survey 2019–23; county and CBSA files 2023.' },
  {
    name: 'USDA',
    words: 'U.S. Department of Agriculture, Economic Research Service: Rural-Urban Continuum Codes 2023.',
  },
  {
    name: 'NCES',
    words: 'National Center for Education Statistics: CIP 2020; CIP–SOC crosswalk (with BLS); IPEDS HD2023.',
  },
];

/** How the figures are made, what the flags mean, and whose data they rest on. */
@Component({
  selector: 'app-method-page',
  imports: [FlagChip, RouterLink],
  templateUrl: './method-page.html',
})
export class MethodPage {
  protected readonly words = inject(Words);
  protected readonly terms = TERMS;
  protected readonly sources = SOURCES;
  protected readonly tiers = ['promised', 'posted', 'projected'];
  protected readonly rungs = [5, 4, 3, 2, 1, 0];
  protected readonly flagGroups = [
    { key: 'method.cohort-flags', codes: COHORT_FLAG_CODES },
    { key: 'method.partnership-flags', codes: PARTNERSHIP_FLAG_CODES },
  ];
}
