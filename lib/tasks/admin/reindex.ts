/**
 * `admin reindex`: makes the indexes anew that are derived from the cases. May be ended and begun again at any time,
 * and run beside the service.
 *
 * @module
 */
import { reindex } from "../../flows/reindex.ts";
import { type AdminCommand, EXIT, inWorld } from "./admin_command.ts";

/** The command. */
export const reindexCases: AdminCommand = {
  words: ["reindex"],
  usage: "",
  about: "案件の索引（一覧・検索・検証用）を作り直します",
  async run(args, around) {
    if (args.length > 0) return null;
    return await inWorld(around, async ({ store, keys }) => {
      const { cases, whole } = await reindex(store, keys, around.signal);
      around.print(`案件: ${cases}`);
      if (!whole) around.print("途中で終わりました。もう一度実行してください。");
      return whole ? EXIT.done : EXIT.notAll;
    });
  },
};
