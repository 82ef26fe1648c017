// Topics that are misspelt, and values of another type.
import { publish, subscribe } from "electron-switchyard";

// says: Argument of type '"them"' is not assignable to parameter of type '"progress" | "theme"'.
publish("them", "dark");
// says: Argument of type '"drak"' is not assignable to parameter of type '"dark" | "light"'.
publish("theme", "drak");
// says: Type 'string' is not assignable to type 'number'.
publish("progress", { done: "7" });
// says: Object literal may only specify known properties, but 'don' does not exist in type '{ done: number; }'. Did you mean to write 'done'?
publish("progress", { don: 7 });
// says: Expected 2-3 arguments, but got 1.
publish("theme");
// says: Type '"baord"' is not assignable to type '"board" | "main"'. Did you mean '"board"'?
publish("theme", "dark", { to: ["baord"] });
// says: Object literal may only specify known properties, and 'keep' does not exist in type 'PublishOptions'.
publish("theme", "dark", { keep: true });
// says: Argument of type '"theme"' is not assignable to parameter of type '"progress"'.
publish<{ done: number }>("theme", { done: 7 });

// says: Argument of type '"them"' is not assignable to parameter of type '"progress" | "theme"'.
subscribe("them", console.log);
// says: Type '"dark" | "light"' is not assignable to type '"dark"'.
subscribe("theme", (_event, theme: "dark") => console.log(theme));
// says: Property 'don' does not exist on type '{ done: number; }'.
subscribe("progress", (_event, { don }) => don);
// says: Argument of type '"theme"' is not assignable to parameter of type '"progress"'.
subscribe<{ done: number }>("theme", (_event, { done }) => done);
// says: Property 'sender' does not exist on type 'TopicEvent'.
subscribe("theme", (event) => event.sender);
