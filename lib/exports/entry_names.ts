/**
 * Names of files in an archive: fit for every system that unpacks it, and each there once.
 *
 * @module
 */
import { safeName } from "../mail/safe_name.ts";

/** Characters of a folder's or a file's name: paths on Windows end at 260. */
const MOST = 80;

/** Names that Windows keeps for devices, with whatever ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= MOST) return name;
  // The ending says what a file is; 「（締結済）」 before it belongs to it.
  const ending = [.../(?:（締結済）)?\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? ""];
  return [...characters.slice(0, MOST - ending.length), ...ending].join("");
}

/** One part of a path, made safe. */
export function entryName(name: string): string {
  return safeName(shortened(name.replace(/[/\\]/g, "_"))).replace(DEVICE, "_$1").replace(/[. ]+$/, "");
}

/** Gives names of which none is there twice, whatever the case of its letters: `契約書 (2).pdf`. */
export function uniqueNames(): (name: string) => string {
  const given = new Set<string>();
  const free = (name: string) => !given.has(name.toLowerCase());
  return (name) => {
    const [, stem = name, ending = ""] = /^(.*?)(\.[A-Za-z0-9]{1,10})?$/s.exec(name) ?? [];
    let found = name;
    for (let count = 2; !free(found); count++) found = `${stem} (${count})${ending}`;
    given.add(found.toLowerCase());
    return found;
  };
}
