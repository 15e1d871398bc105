/** Hours by which publishers turn an hourly wage into a year's: 52 weeks of 40 hours (BLS OEWS technical notes). */
export const HOURS_PER_YEAR = 2_080;

/** Whole cents per hour for dollars per year, half a cent up; the only place where annual wages become hourly ones. */
export function hourlyCentsFromAnnualDollars(dollarsPerYear: number): number {
  return Math.round((dollarsPerYear * 100) / HOURS_PER_YEAR);
}

/** Whole cents for dollars, half a cent up. */
export function centsFromDollars(dollars: number): number {
  return Math.round(dollars * 100);
}

/** Persons per year for a total over a projection's years (KYSTATS: ten), to a tenth of a person. */
export function perYear(total: number, years: number): number {
  return Math.round((total * 10) / years) / 10;
}

/** Persons for thousands of persons (BLS Employment Projections, which print one decimal of a thousand). */
export function personsFromThousands(thousands: number): number {
  return Math.round(thousands * 1_000);
}

/** A share 0…1 (or below 0 for a decline) for per cent, to a ten-thousandth of a per cent. */
export function shareFromPercent(percent: number): number {
  return Math.round(percent * 10_000) / 1_000_000;
}
