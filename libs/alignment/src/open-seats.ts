import { compareIds } from '@throughway/vocabulary/compare-ids';
import { type Day } from '@throughway/vocabulary/local-date';
import { type Activation, type Commitment, JOB_KINDS, type Network } from '@throughway/vocabulary/network';
import { isLive, type KnownRequirement } from './known-demand.js';

/** Seats that one run can fill: an open job commitment's, or what a live requirement's headcount leaves beyond those. */
export interface SeatNode {
  requirement: KnownRequirement;
  /** Null = posted headcount beyond the promised seats. */
  commitment: Commitment | null;
  /** > 0. */
  capacity: number;
}

/** Seats of one live requirement; `promised` are open job seats of commitments that name it, `total` is max(posted, promised). */
export interface RequirementSeats {
  nodes: SeatNode[];
  promised: number;
  posted: number;
  total: number;
}

/** Seat nodes by live requirement as of a day (DOMAIN 4.3; EXACT, Seats), nodes sorted by commitmentId with the rest last. */
export function openSeats(
  network: Network,
  demand: readonly KnownRequirement[],
  asOf: Day,
): Map<string, RequirementSeats> {
  const taken = takenSeats(network.activations, asOf);
  const jobs = new Map<string, SeatNode[]>();
  const live = new Map(demand.filter((r) => isLive(r, asOf)).map((r) => [r.requirementId, r]));
  for (const commitment of network.commitments) {
    const requirement = live.get(commitment.requirementId);
    const inWindow = commitment.opensOn <= asOf && asOf <= commitment.closesOn;
    if (!requirement || !inWindow || !JOB_KINDS.includes(commitment.kind)) continue;
    const capacity = commitment.seats - (taken.get(commitment.commitmentId) ?? 0);
    if (capacity <= 0) continue;
    const nodes = jobs.get(commitment.requirementId) ?? [];
    jobs.set(commitment.requirementId, nodes);
    nodes.push({ requirement, commitment, capacity });
  }
  const seats = new Map<string, RequirementSeats>();
  for (const requirement of live.values()) {
    const nodes = (jobs.get(requirement.requirementId) ?? []).sort((a, b) =>
      compareIds(a.commitment?.commitmentId ?? '', b.commitment?.commitmentId ?? ''),
    );
    const promised = nodes.reduce((sum, node) => sum + node.capacity, 0);
    const posted = requirement.headcount;
    if (posted > promised) nodes.push({ requirement, commitment: null, capacity: posted - promised });
    seats.set(requirement.requirementId, { nodes, promised, posted, total: Math.max(posted, promised) });
  }
  return seats;
}

/** Seats of each commitment that its activations hold on `asOf` (EXACT, Seats); a commitment without any is absent. */
export function takenSeats(activations: readonly Activation[], asOf: Day): Map<string, number> {
  const taken = new Map<string, number>();
  for (const activation of activations)
    if (activation.activatedOn <= asOf && holdsSeat(activation, asOf))
      taken.set(activation.commitmentId, (taken.get(activation.commitmentId) ?? 0) + 1);
  return taken;
}

function holdsSeat({ answeredOn, disposition, dueOn }: Activation, asOf: Day): boolean {
  if (answeredOn === null || answeredOn > asOf) return dueOn >= asOf;
  return disposition === 'hired' || disposition === 'offer' || disposition === 'interview';
}
