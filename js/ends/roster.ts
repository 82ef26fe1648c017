/** Functions in the order in which they were added, each once. */
export class Roster<Member> {
  /** Replaced when it changes, never turned: who is called now, is so whatever the calls do. */
  members: readonly Member[] = [];

  /** `turned` hears whether there is a member, when that changes. */
  constructor(private readonly turned: (any: boolean) => void) {}

  get any(): boolean {
    return this.members.length > 0;
  }

  add(member: Member): () => void {
    this.change([...new Set([...this.members, member])]);
    return () => this.remove(member);
  }

  remove(member: Member) {
    this.change(this.members.filter((each) => each !== member));
  }

  private change(members: readonly Member[]) {
    const { any } = this;
    this.members = members;
    if (this.any !== any) this.turned(!any);
  }
}
