/** Answers each call, some at once and some later, with the call and which load of the page it is. */
const load = Math.random();

sy.onCall((_event, msg) => {
  const answer = { msg, load };
  return msg % 2 ? answer : new Promise((resolve) => setTimeout(resolve, 5, answer));
});
