import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { PartnershipPage as Partnership } from '@throughway/contracts/partnerships';
import { PartnershipsClient } from '../data/partnerships-client';
import { FlagEvidence } from '../ui/flag-evidence';
import { RunReceipt } from '../ui/run-receipt';
import { SampleBanner } from '../ui/sample-banner';
import { ShareBar } from '../ui/share-bar';
import { Skeleton } from '../ui/skeleton';
import { StatusWord } from '../ui/status-word';
import { TableFrame } from '../ui/table-frame';
import { TimeLine } from '../ui/time-line';
import { TroubleNotice } from '../ui/trouble-notice';
import { Words } from '../ui/words';

const MARKS = { waiting: 'waiting', kept: 'yes', broken: 'no', withdrawn: 'open' } as const;

/** One employer and one pathway: the rung, the dated evidence behind it, what was promised and what was kept. */
@Component({
  selector: 'app-partnership-page',
  imports: [
    FlagEvidence,
    RouterLink,
    RunReceipt,
    SampleBanner,
    ShareBar,
    Skeleton,
    StatusWord,
    TableFrame,
    TimeLine,
    TroubleNotice,
  ],
  templateUrl: './partnership-page.html',
})
export class PartnershipPage {
  protected readonly words = inject(Words);

  readonly employerId = input.required<string>();
  readonly pathwayId = input.required<string>();
  readonly network = input<string>();

  protected readonly answer = inject(PartnershipsClient).partnership(() => ({
    employerId: this.employerId(),
    pathwayId: this.pathwayId(),
    network: this.network(),
  }));
  protected readonly marks = MARKS;
  /** Newest first. */
  protected readonly evidence = computed(() =>
    (this.answer.value()?.evidence ?? []).toSorted((a, b) => (a.occurredOn < b.occurredOn ? 1 : -1)),
  );
  protected readonly events = computed(() =>
    this.evidence().map((row) => ({
      id: row.evidenceId,
      on: row.occurredOn,
      rung: row.rung,
      counted: row.counted,
      title: `${this.words.t(`evidence-kind.${row.kind}`)}, ${this.words.date(row.occurredOn)}`,
    })),
  );
  protected readonly keptShare = computed(() => {
    const kept = this.answer.value()?.kept;
    return kept && kept.due > 0 ? kept.kept / kept.due : null;
  });

  protected promiseOf(page: Partnership, commitmentId: string): string {
    const promise = page.commitments.find((commitment) => commitment.commitmentId === commitmentId);
    return promise ? `${promise.title} · ${this.words.t(`commitment.${promise.kind}`)}` : commitmentId;
  }
}
