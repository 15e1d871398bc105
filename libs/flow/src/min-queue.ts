/** Binary heap of seats by distance; equal distances leave in an order that depends on the pushes alone. */
export class MinQueue {
  private readonly keys: number[] = [];
  private readonly seats: number[] = [];

  clear(): void {
    this.keys.length = 0;
    this.seats.length = 0;
  }

  push(key: number, seat: number): void {
    let at = this.keys.length;
    this.keys.push(key);
    this.seats.push(seat);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.keys[above]! <= key) break;
      this.keys[at] = this.keys[above]!;
      this.seats[at] = this.seats[above]!;
      at = above;
    }
    this.keys[at] = key;
    this.seats[at] = seat;
  }

  /** The nearest seat, or −1 when none is nearer than `limit`. */
  pop(limit: number): number {
    if (this.keys.length === 0 || this.keys[0]! >= limit) return -1;
    const seat = this.seats[0]!;
    const key = this.keys.pop()!;
    const last = this.seats.pop()!;
    const size = this.keys.length;
    if (size === 0) return seat;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= size) break;
      if (below + 1 < size && this.keys[below + 1]! < this.keys[below]!) below++;
      if (this.keys[below]! >= key) break;
      this.keys[at] = this.keys[below]!;
      this.seats[at] = this.seats[below]!;
      at = below;
    }
    this.keys[at] = key;
    this.seats[at] = last;
    return seat;
  }
}
