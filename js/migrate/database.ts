import { BEGINNINGS, type Beginning, DATABASE, NEW, OLD } from "./names";
import { type FileResult, placeOf } from "./report";

const EDITS: Record<Beginning, string> = {
  initExposeInMainWorld: `import it from ${OLD} as well, under another name, and call that first`,
  initIpc: `import it from ${OLD} as well, under another name, and call that too`,
};

const WHERE: Record<Beginning, string> = {
  initExposeInMainWorld: "in the preload",
  initIpc: "where the main process begins",
};

/**
 * The steps that remain to be done by hand for electron-prokit's database. In pages and preloads the database
 * goes through electron-prokit's own preload and main process, which the app began until now.
 */
export function databaseLines(results: readonly FileResult[]): string[] {
  const names = usedInPages(results);
  if (names.length === 0) return [];
  const missing = BEGINNINGS.filter((name) => !begins(results, name, OLD).length);
  if (missing.length === 0) return [];
  return [
    "",
    `NOT DONE YET: in a page or preload, ${names.join(", ")} go through ${OLD}'s own preload and main`,
    "process, so they fail until you have made these edits:",
    ...missing.flatMap((name) => editLines(results, name)),
    `docs/migrating.md of ${NEW} shows both. If only the main process uses the database, nothing needs to be done.`,
  ];
}

/** The database of a script that is main's is known to be main's own. */
function usedInPages(results: readonly FileResult[]): string[] {
  const pages = results.filter(({ isMain }) => !isMain);
  const names = pages.flatMap(({ staying }) => staying.flatMap((each) => each.names));
  return [...new Set(names)].filter((name) => DATABASE.has(name)).sort();
}

function editLines(results: readonly FileResult[], name: Beginning): string[] {
  const places = begins(results, name, NEW).map((place) => `  ${place}  ${name}: ${EDITS[name]}`);
  if (places.length > 0) return places;
  return [
    `  ${WHERE[name]}, which is in no file that was read: call ${name} of ${OLD} and of ${NEW}`,
  ];
}

function begins(results: readonly FileResult[], name: Beginning, from: string): string[] {
  return results.flatMap((each) => {
    const found = each.begins.filter((begin) => begin.name === name && begin.from === from);
    return found.map(({ at }) => placeOf(each, at));
  });
}
