import { Injectable } from '@nestjs/common';
import type { Network } from '@throughway/vocabulary/network';
import type { EntityManager } from 'typeorm';
import { AlignmentService } from '../alignment/alignment.service.js';
import type { RunCause, RunRecord } from '../alignment/run-record.js';
import { PartnershipsService } from '../partnerships/partnerships.service.js';
import type { SavedFile, SaveOptions, Touched } from '../platform/database/network-rows.js';
import { ProgramsService } from '../programs/programs.service.js';

/** What saving a network's rows came to. */
export interface SavedNetwork {
  files: SavedFile[];
  touched: Touched;
}

/** Brings whole rows of a network into the rooms that keep them. */
@Injectable()
export class NetworkIntake {
  constructor(
    private readonly programs: ProgramsService,
    private readonly partnerships: PartnershipsService,
    private readonly alignment: AlignmentService,
  ) {}

  /**
   * Adds and changes the rows given, in the caller's transaction; a kind of row that is absent is left alone. A set that
   * hangs on a given row, such as a requirement's skills, is replaced whole, unless `keepSets`. References are checked by the
   * database at the latest when this returns. Saving the same rows again changes nothing.
   */
  async save(
    em: EntityManager,
    networkId: number,
    rows: Partial<Network>,
    options: SaveOptions = {},
  ): Promise<SavedNetwork> {
    await this.programs.lockNetwork(em, networkId);
    const touched: Touched = new Map();
    const programs = await this.programs.save(em, networkId, rows, touched, options);
    const partnerships = await this.partnerships.save(em, networkId, rows, touched, options);
    await em.query('SET CONSTRAINTS ALL IMMEDIATE');
    return { files: [...programs, ...partnerships], touched };
  }

  /** {@link save}, and results brought up to date, in one transaction: what is shown always fits what is stored. */
  async saveAndAlign(
    em: EntityManager,
    networkId: number,
    rows: Partial<Network>,
    cause: RunCause,
  ): Promise<SavedNetwork & { run: RunRecord | null }> {
    const saved = await this.save(em, networkId, rows);
    return { ...saved, run: await this.alignment.alignChanged(em, networkId, saved.touched, cause) };
  }
}
