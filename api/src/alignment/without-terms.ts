import type { PathwayPage } from '@throughway/contracts/pathways';

/**
 * The page for readers who are no staff: without single employers' wage floors and votes, since any of them may work for a rival
 * (DOMAIN 4.5).
 */
export function withoutTerms(page: PathwayPage): PathwayPage {
  return {
    ...page,
    demand: {
      ...page.demand,
      promised: page.demand.promised.map((row) => ({ ...row, wageFloorHourlyCents: null })),
    },
    matches: page.matches.map((match) => ({
      ...match,
      wageFloorHourlyCents: null,
      skills: match.skills.map((line) => ({ ...line, vote: null })),
    })),
  };
}
