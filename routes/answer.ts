/**
 * What is told of what was not done: one status, one heading, what is the matter and what to do. With
 * refusal_answers.ts the one place of these words on pages.
 *
 * @module
 */

/** An answer to what was not done. */
export type Answer = {
  readonly status: 400 | 403 | 404 | 409 | 410 | 413 | 415 | 429 | 500 | 503;
  readonly heading: string;
  /** What is the matter. */
  readonly sentence: string;
  /** What to do now. */
  readonly advice: string;
};

/** An answer, its parts in the order in which they are read. */
export const answer = (
  status: Answer["status"],
  heading: string,
  sentence: string,
  advice: string,
): Answer => ({
  status,
  heading,
  sentence,
  advice,
});

/** Advice that always helps: whom to ask. */
export const ASK = "ご不明な点は、メールに記載の担当課までお問い合わせください。";

const OFFICER_RENEWS =
  "「新しいリンクを請求する」を押すと、登録されている担当者のメールアドレスに、新しいリンクが届きます。";

/** Answers to what is no refusal of a case. */
export const ANSWERS = {
  unknown: answer(
    404,
    "ページが見つかりません",
    "お探しのページは見つかりませんでした。リンクが途中で切れている可能性があります。",
    "メールのリンクが途中で改行されているときは、はじめから終わりまでを写し取って、ブラウザーで開いてください。",
  ),
  slowDown: answer(
    429,
    "しばらくお待ちください",
    "短い時間に、使えないリンクが何度も開かれました。",
    "少し時間をおいてから、もう一度お試しください。",
  ),
  askedTooOften: answer(
    429,
    "しばらくお待ちください",
    "短い時間に、何度も請求されました。",
    "少し時間をおいてから、もう一度お試しください。",
  ),
  tooManyFiles: answer(
    429,
    "しばらくお待ちください",
    "短い時間に、多くのファイルが送信されました。",
    "1分ほどおいてから、もう一度お試しください。",
  ),
  wrongForm: answer(
    403,
    "送信できませんでした",
    "このページから送られた内容であることを確認できませんでした。",
    "メールのリンクを開き直し、もう一度お試しください。",
  ),
  badForm: answer(
    400,
    "入力内容をご確認ください",
    "必要な項目が入力されていないか、読み取れない値があります。",
    "前の画面に戻り、入力内容を確認してから、もう一度送信してください。",
  ),
  tooLarge: answer(
    413,
    "ファイルが大きすぎます",
    "送信されたファイルが、受け付けられる大きさを超えています。",
    "PDF を軽くするか、分割してから、もう一度お試しください。",
  ),
  wrongType: answer(
    415,
    "受け付けられない形式です",
    "送信された内容の形式を受け付けられません。",
    "ページのボタンから送信してください。",
  ),
  ended: answer(
    410,
    "リンクの有効期限が切れています",
    "このリンクの有効期限が過ぎました。",
    ASK,
  ),
  downloadEnded: answer(
    410,
    "リンクの有効期限が切れています",
    "このダウンロード用リンクの有効期限が過ぎました。契約書は保管されています。",
    "「新しいリンクを請求する」を押すと、同じメールアドレスに新しいリンクが届きます。",
  ),
  handedOn: answer(
    409,
    "ほかの所属に引き継がれた案件です",
    "この案件は、ほかの所属に引き継がれたため、この画面からは手続きできません。",
    "手続きは、引継ぎ先の所属の担当者が行います。",
  ),
  officerLinkEnded: answer(
    410,
    "リンクの有効期限が切れています",
    "このリンクの有効期限が過ぎました。",
    OFFICER_RENEWS,
  ),
  officerDayOver: answer(
    410,
    "リンクの利用時間が終わりました",
    "担当者のリンクは、はじめに手続きをしてから8時間で閉じます。",
    OFFICER_RENEWS,
  ),
  officerElsewhere: answer(
    403,
    "このブラウザーでは開けません",
    "担当者のリンクは、はじめに手続きをしたブラウザーだけで開けます。",
    OFFICER_RENEWS,
  ),
  withdrawn: answer(
    410,
    "この確認依頼は取り消されました",
    "担当課が、この書類の確認依頼を取り消しました。ご対応は不要です。",
    "訂正した書類が、あらためて届くことがあります。" + ASK,
  ),
  notYourTurn: answer(
    409,
    "前の方の確認をお待ちください",
    "確認は順番に行います。いまは、前の方が書類を確認しています。",
    "順番になりましたら、メールでお知らせします。それまで、していただくことはありません。",
  ),
  declined: answer(
    410,
    "この確認依頼は止まっています",
    "「同意しない」との回答があったため、手続きを止めています。担当課にはお知らせ済みです。",
    "担当課からの連絡をお待ちください。",
  ),
  broken: answer(
    500,
    "エラーが発生しました",
    "申し訳ありません。処理を完了できませんでした。",
    "しばらくしてから、もう一度お試しください。続くときは、担当課までお知らせください。",
  ),
  unavailable: answer(
    503,
    "ただいま混み合っています",
    "申し訳ありません。一時的に処理できませんでした。操作はまだ完了していません。",
    "1分ほどおいてから、もう一度お試しください。",
  ),
} as const satisfies Readonly<Record<string, Answer>>;
