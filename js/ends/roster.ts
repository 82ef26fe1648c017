/** Functions in the order in which they were added, each once. */
export class Roster<Member> {
  /** Replaced when it changes, never changed: who is called now, is so whatever the calls do. */
  members: readonly Member[] = [];

  /** `changed` hears whether there is a member, when that changes. */
  constructor(private readonly changed: (any: boolean) => void) {}

  get any(): boolean {
    return this.members.length > 0;
  }

  add(member: Member): () => void {
    const { any, members } = this;
    if (!members.includes(member)) this.members = [...members, member];
    if (!any) this.changed(true);
    return () => this.remove(member);
  }

  remove(member: Member) {
    if (!this.members.includes(member)) return;
    this.members = this.members.filter((each) => each !== member);
    if (!this.any) this.changed(false);
  }
}
