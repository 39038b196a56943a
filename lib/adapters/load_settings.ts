/**
 * Reads the settings file and the texts that it names.
 *
 * @module
 */
import { dirname, isAbsolute, join } from "node:path";
import { demoSettings } from "../settings/demo_settings.ts";
import type { SettingsFault, SettingsFaults } from "../settings/fault.ts";
import { parseSettings } from "../settings/parse_settings.ts";
import type { Settings } from "../settings/settings.ts";
import { DEFAULT_TEXTS, type SettingsTexts } from "../settings/texts.ts";

/** Settings, and whether they came from a file; else they are those of the demonstration. */
export type LoadedSettings = { readonly settings: Settings; readonly fromFile: boolean };

/** The file that is read when the environment names none. */
const USUAL_FILE = "settings.json";

async function readText(path: string): Promise<string | null> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) return null;
    throw error;
  }
}

/** JSON without the comments that the documented example has. */
function withoutComments(text: string): string {
  const piece = /"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  return text.replace(piece, (found) => found.startsWith('"') ? found : " ");
}

function parseJson(text: string): { json: unknown } | null {
  try {
    return { json: JSON.parse(withoutComments(text.replace(/^\uFEFF/, ""))) };
  } catch {
    return null;
  }
}

/** The text of a file that a setting names, or `usual` when it names none. */
async function textOf(
  json: unknown,
  name: "helpFile" | "termsFile",
  place: { folder: string; usual: string; faults: SettingsFault[] },
): Promise<string> {
  const file = typeof json === "object" && json !== null
    ? (json as Record<string, unknown>)[name]
    : undefined;
  if (typeof file !== "string" || file === "") return place.usual;
  const text = await readText(isAbsolute(file) ? file : join(place.folder, file));
  if (text === null) place.faults.push({ path: name, problem: "names a file that can't be read" });
  return text ?? "";
}

/**
 * The settings of a file (`settings.json` when `file` is null), or all its faults. A file that was named must be
 * there; without any, the demonstration's settings.
 */
export async function loadSettings(file: string | null): Promise<LoadedSettings | SettingsFaults> {
  const path = file ?? USUAL_FILE;
  const text = await readText(path);
  if (text === null) {
    if (file === null) return { settings: demoSettings, fromFile: false };
    return { faults: [{ path: "SETTINGS", problem: "names a file that can't be read" }] };
  }
  const parsed = parseJson(text);
  if (!parsed) return { faults: [{ path: "(file)", problem: "is no JSON" }] };
  const { json } = parsed;
  const faults: SettingsFault[] = [];
  const place = { folder: dirname(path), faults };
  const texts: SettingsTexts = {
    help: await textOf(json, "helpFile", { ...place, usual: DEFAULT_TEXTS.help }),
    terms: await textOf(json, "termsFile", { ...place, usual: DEFAULT_TEXTS.terms }),
  };
  const settings = parseSettings(json, texts);
  if ("faults" in settings) return { faults: [...settings.faults, ...faults] };
  return faults.length > 0 ? { faults } : { settings, fromFile: true };
}
