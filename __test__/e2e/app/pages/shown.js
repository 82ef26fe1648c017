/** Notes each time that it is shown, and whether out of the back/forward cache. */
window.shown = [];
addEventListener("pageshow", ({ persisted }) => shown.push(persisted));
