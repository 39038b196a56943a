/**
 * Words that a mail to the service may begin with (interface.md, Mail addresses), offered to be tapped.
 *
 * @module
 */

/** In answer to a letter about a case. */
export const REPLY_WORDS: readonly string[] = ["状況", "再送", "取消 金額に誤りがあるため"];

/** To the service itself. */
export const BOT_WORDS: readonly string[] = ["一覧", "検索 契約", "検証", "ヘルプ"];
