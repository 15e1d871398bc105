/** Per seat, the edges with flow as a doubly linked list, newest first. */
export class HolderLists {
  readonly first: Int32Array;
  readonly next: Int32Array;
  private readonly previous: Int32Array;

  constructor(seats: number, edges: number) {
    this.first = new Int32Array(seats).fill(-1);
    this.next = new Int32Array(edges);
    this.previous = new Int32Array(edges);
  }

  add(seat: number, edge: number): void {
    const head = this.first[seat]!;
    this.next[edge] = head;
    this.previous[edge] = -1;
    if (head !== -1) this.previous[head] = edge;
    this.first[seat] = edge;
  }

  remove(seat: number, edge: number): void {
    const [before, after] = [this.previous[edge]!, this.next[edge]!];
    if (before === -1) this.first[seat] = after;
    else this.next[before] = after;
    if (after !== -1) this.previous[after] = before;
  }
}
