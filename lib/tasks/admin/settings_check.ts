/**
 * `admin settings check`: reads settings file and environment as a start would, and lists all that is wrong.
 *
 * @module
 */
import { readConfiguration } from "../compose.ts";
import { type AdminCommand, EXIT } from "./admin_command.ts";

/** The command. */
export const settingsCheck: AdminCommand = {
  words: ["settings", "check"],
  usage: "",
  about: "設定ファイルと環境変数を調べ、問題をすべて示します",
  async run(args, { print, variables }) {
    if (args.length > 0) return null;
    const configuration = await readConfiguration(variables);
    if ("faults" in configuration) {
      const { faults } = configuration;
      print(`設定に問題が${faults.length}件あります。`);
      for (const { path, problem } of faults) print(`  ${path}: ${problem}`);
      return EXIT.notAll;
    }
    const { settings, environment } = configuration;
    const { publicBody, departments } = settings;
    print(`設定に問題はありません（${publicBody.name}、所属${departments.length}、${environment.mode}）。`);
    return EXIT.done;
  },
};
