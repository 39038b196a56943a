/**
 * What a command of the operator is. Each has a file of its own in this folder, and one line in `admin.ts`.
 *
 * @module
 */
import { PortError } from "../../ports.ts";
import type { World } from "../../flows/world.ts";
import { composeWorld, readConfiguration } from "../compose.ts";

/** How commands end: all done; something is wrong or left; it could not even begin. */
export const EXIT = { done: 0, notAll: 1, unusable: 2 } as const;

/** Where a command runs. */
export type AdminSurroundings = {
  /** Writes a line of the result. */
  readonly print: (line: string) => void;
  /** Writes a line about what keeps it from going on, or of the log. */
  readonly complain: (line: string) => void;
  /** Environment variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** Ends when the operator wants it to end. */
  readonly signal: AbortSignal;
};

/** One command. */
export type AdminCommand = {
  /** What it is called by: `settings check`. */
  readonly words: readonly string[];
  /** Its arguments, as the help shows them. */
  readonly usage: string;
  /** What it does, for the help. */
  readonly about: string;
  /** Carries it out; gives the exit code, one of {@linkcode EXIT}; null for arguments that make no sense. */
  run(args: readonly string[], around: AdminSurroundings): Promise<number | null>;
};

/**
 * Runs a command in the world that the service has, log on `complain`. Faults of the settings and parts that can't
 * be opened are told, and end it.
 */
export async function inWorld(
  around: AdminSurroundings,
  work: (world: World) => Promise<number>,
): Promise<number> {
  const configuration = await readConfiguration(around.variables);
  if ("faults" in configuration) {
    for (const { path, problem } of configuration.faults) around.complain(`${path}: ${problem}`);
    return EXIT.unusable;
  }
  try {
    const { world, close } = await composeWorld(configuration, { wake() {}, writeLog: around.complain });
    try {
      return await work(world);
    } finally {
      await close();
    }
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    around.complain(`実行できません: ${error.message}`);
    return EXIT.unusable;
  }
}
