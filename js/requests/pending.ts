/**
 * The pending items, by id. One that came while no other was pending is apart from the others: V8 makes the
 * memory of a Map anew whenever its last entry goes, and most requests are alone.
 */
export class Pending<Item extends { readonly _id: number }> {
  _first: Item | undefined = undefined;
  readonly _others = new Map<number, Item>();

  _get(id: number): Item | undefined {
    return this._first?._id === id ? this._first : this._others.get(id);
  }

  _add(item: Item) {
    if (this._first) this._others.set(item._id, item);
    else this._first = item;
  }

  /** If another with its id came after it, that one may go in its place. */
  _remove(item: Item) {
    if (item === this._first) this._first = undefined;
    else this._others.delete(item._id);
  }
}

/** No method, so that a page's bundle does not have it. */
export function itemsOf<Item extends { readonly _id: number }>({
  _first,
  _others,
}: Pending<Item>): Iterable<Item> {
  return _first ? [_first, ..._others.values()] : _others.values();
}
