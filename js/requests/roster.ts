/** Functions in the order in which they were added, each once. */
export class Roster<Member> {
  /** Replaced when it changes, never turned: who is called now, is so whatever the calls do. */
  _members: readonly Member[] = [];

  /** `_turned` hears whether there is a member, when that changes. */
  constructor(private readonly _turned: (any: boolean) => void) {}

  get any(): boolean {
    return this._members.length > 0;
  }

  add(member: Member): () => void {
    this._change([...new Set([...this._members, member])]);
    return () => this.remove(member);
  }

  remove(member: Member) {
    this._change(this._members.filter((each) => each !== member));
  }

  private _change(members: readonly Member[]) {
    const { any } = this;
    this._members = members;
    if (this.any !== any) this._turned(!any);
  }
}
