/** The containers of Vue, MobX and Immer arrive as what they show; what cannot be read is rejected by its place. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as vue from "@vue/reactivity";
import { createDraft, enableMapSet, finishDraft } from "immer";
import * as mobx from "mobx";
import { encode, send } from "./codec.mjs";

enableMapSet();

const shape = () => ({
  map: new Map([
    ["a", { n: 1, list: [1, { deep: new Set([2]) }] }],
    ["b", new Map([[1, new Set(["x"])]])],
  ]),
  set: new Set(["x", 5]),
  list: [{ a: 1 }, [2, 3], undefined],
  object: { date: new Date(5), nested: { yes: true } },
  none: new Map(),
});

const VIEWS = {
  "Vue's reactive": vue.reactive,
  "Vue's readonly": vue.readonly,
  "Vue's shallowReactive": vue.shallowReactive,
  "Vue's shallowReadonly": vue.shallowReadonly,
  "Vue's readonly of reactive": (value) => vue.readonly(vue.reactive(value)),
  "MobX's observable": (value) => mobx.observable(value),
  "Immer's draft": (value) => createDraft(value),
};

for (const [name, view] of Object.entries(VIEWS)) {
  test(`what a library shows arrives: ${name}`, () => {
    assert.deepStrictEqual(send(view(shape())), shape());
    for (const key of Object.keys(shape())) {
      assert.deepStrictEqual(send(view(shape()[key])), shape()[key], key);
      assert.deepStrictEqual(send([{ at: view(shape()[key]) }]), [{ at: shape()[key] }], key);
    }
  });
}

test("what a library shows arrives: MobX's containers made by name", () => {
  const { map, set, list, object } = shape();
  const { observable } = mobx;
  const made = [observable.map(map), observable.set(set), observable.array(list)];
  assert.deepStrictEqual(send([...made, observable.object(object)]), [map, set, list, object]);
  assert.deepStrictEqual(send(observable.map(map, { deep: false })), map);
});

test("a draft of Immer's arrives as changed, and the base stays as it was", () => {
  const base = shape();
  const draft = createDraft(base);
  draft.map.set("c", { n: 3 });
  draft.map.delete("b");
  draft.map.get("a").n = 2;
  draft.set.add("new");
  draft.list.push({ more: 1 });
  draft.object.nested.yes = false;
  const got = send(draft);
  assert.deepStrictEqual(base, shape());
  assert.deepStrictEqual(got, finishDraft(draft));
  assert.deepStrictEqual([...got.map.keys()], ["a", "c"]);
});

test("what is reactive, and its Map, is one object wherever it is", () => {
  const state = vue.reactive({ map: new Map(), other: null });
  state.other = state.map;
  const got = send(state);
  assert.equal(got.map, got.other);
});

function rejected(value, message) {
  assert.throws(() => encode(value, "msg"), {
    code: "ERR_NOT_CLONEABLE",
    message: `electron-switchyard: ${message}`,
  });
}

test("in what is reactive, a ref is its value", () => {
  const state = vue.reactive({ n: vue.ref(5), m: vue.ref(new Map([[1, 2]])) });
  assert.deepEqual(send(state), { n: 5, m: new Map([[1, 2]]) });
});

test("a proxy of a builtin that shows nothing of it is rejected with its place and a way", () => {
  for (const target of [
    new Date(1),
    new Uint8Array(2),
    new ArrayBuffer(1),
    /a/,
    new Map(),
    new Set(),
  ]) {
    const { name } = target.constructor;
    const message = `msg.a[0] is not a genuine ${name} and cannot be sent; send toRaw(it)`;
    rejected({ a: [new Proxy(target, {})] }, message);
  }
});

test("a subclass of Map arrives with what it holds, whatever its methods do", () => {
  class Sorted extends Map {
    forEach() {
      throw new Error("not asked");
    }
  }
  class Broken extends Map {
    get size() {
      throw new Error("mine");
    }
  }
  for (const Class of [Sorted, Broken]) {
    assert.deepEqual(send(new Class([[1, 2]])), new Map([[1, 2]]));
  }
});
