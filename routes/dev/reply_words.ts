/**
 * Words that a mail to the service may begin with (interface.md, Mail addresses), offered to be tapped.
 *
 * @module
 */

/** To the service itself. */
export const BOT_WORDS: readonly string[] = ["一覧", "検索 契約", "検証", "ヘルプ"];

/** In answer to a letter: of a case or of none, by an officer or by anyone. */
export function replyWords(ofCase: boolean, byOfficer: boolean): readonly string[] {
  if (!ofCase) return [];
  return byOfficer ? ["状況", "再送", "取消 金額に誤りがあるため"] : ["状況", "再送"];
}
