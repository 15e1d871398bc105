import assert from 'node:assert/strict';
import type { ImportRun } from '@throughway/contracts/imports';
import { eventually, type House } from './open-house.ts';

/** Sends a folder that cannot be accepted and waits for the report; answers its import id. Nothing else has changed. */
export async function refusedImport(house: House): Promise<string> {
  const body = new FormData();
  const sites = 'site_id,employer_id,name,county_fips,time_zone\nsite,nobody,Sample plant,21193,Nowhere\n';
  const cohorts = 'cohort_id,version_id,completes_on,expected_completers\nspring,welding-v1,2027-05-32,many\n';
  body.append('files', new Blob([sites]), 'sites.csv');
  body.append('files', new Blob([cohorts]), 'cohorts.csv');
  const sent = await fetch(`${house.url}/api/imports`, { method: 'POST', body });
  assert.equal(sent.status, 202);
  const { importId } = (await sent.json()) as ImportRun;
  await eventually(
    () => house.ask<ImportRun>(`/api/imports/${importId}`),
    ({ state }) => assert.equal(state, 'refused'),
  );
  return importId;
}
