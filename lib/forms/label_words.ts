/**
 * The words that forms use for their fields, as found on forms of Japanese public bodies. Compared after NFKC
 * and without spaces, so each stands here once, half-width.
 *
 * @module
 */

/** What a label asks for. `other` are fields that this form does not need. */
export type Attribute =
  | "date"
  | "addressee"
  | "postal"
  | "company"
  | "venture"
  | "phone"
  | "contract"
  | "name"
  | "title"
  | "mail"
  | "kana"
  | "other";

/** Whose it is. */
export type Role = "confirmer" | "representative" | "staff" | "desk" | "vendor" | "member";

const words = (list: string): readonly string[] => list.split(" ");

/** Words for each attribute. */
export const ATTRIBUTE_WORDS: Readonly<Record<Attribute, readonly string[]>> = {
  date: words(
    "提出年月日 届出年月日 記入年月日 申請年月日 提出日 届出日 記入日 申請日 作成日 同意日 " +
      "同意年月日 同意する日 記載日 年月日 日付",
  ),
  addressee: words(
    "発注者 発注者名 宛て先 宛て名 宛名 宛先 あて先 あて名 提出先 届出先 申請先 送付先",
  ),
  postal: words(
    "本店所在地 本社所在地 事業所所在地 営業所所在地 主たる営業所の所在地 所在地 会社住所 会社所在地 居所 住所",
  ),
  company: words(
    "商号 名称 会社名 会社名称 法人名 法人名称 事業者名 事業所名 企業名 社名 貴社名 御社名 団体名 " +
      "屋号 氏名(名称) 名称(氏名) 氏名(法人名) 業者名 組織名 会社名等",
  ),
  venture: words(
    "共同企業体名 共同企業体名称 共同企業体の名称 特定建設工事共同企業体名 企業体名 企業体名称 " +
      "企業体の名称 JV名 JV名称",
  ),
  phone: words(
    "会社電話 電話番号 電話 TEL番号 TEL 連絡先電話番号 日中の連絡先 携帯電話番号 携帯電話 携帯番号",
  ),
  contract: words(
    "契約件名 契約名称 契約案件名 契約の名称 契約の件名 契約名 案件名称 案件名 工事名称 工事件名 " +
      "工事の名称 工事(業務)名 業務(工事)名 工事(委託)名 工事・業務名 業務・工事名 工事等名 工事等の名称 工事名 業務名称 業務の名称 業務の件名 工事の件名 委託業務の名称 委託業務の件名 契約案件の名称 案件の名称 物品の名称 調達の名称 対象契約名 対象案件名 対象業務名 業務委託名 委託業務名 委託名 業務名 物品名 件名 " +
      "工事・業務の名称 業務・工事の名称 工事又は業務の名称 工事又は業務名 工事(業務)の名称 工事・委託名 " +
      "工事・委託の名称 工事・業務等の名称 工事・業務件名 業務等の名称 業務等名 委託の名称 購入件名 購入物品名 調達物品名 " +
      "対象となる契約の名称 対象となる契約名 対象となる契約 対象工事名 対象契約の名称 対象案件の名称 対象件名 契約対象 " +
      "調達件名 調達案件名 調達名 業務件名 委託件名 契約案件 入札件名 対象契約名 対象契約 対象案件 事業名",
  ),
  name: words(
    "氏名 お名前 名前 姓名 ご氏名 御氏名",
  ),
  title: words(
    "役職名 役職 職名 肩書 職",
  ),
  mail: words(
    "電子メールアドレス メールアドレス Eメールアドレス E-mailアドレス Emailアドレス mailアドレス " +
      "E-mail Email Eメール 電子メール メールアドレス等 メール mail アドレス eメ-ル メ-ルアドレス",
  ),
  kana: words(
    "フリガナ ふりがな カナ 氏名カナ カナ氏名 読み",
  ),
  other: words(
    "FAX番号 FAX ファックス番号 ファックス ファクシミリ 工期 履行期間 履行期限 納入期限 納期 " +
      "契約期間 契約番号 契約金額 請負代金額 請負金額 委託料 契約日 契約締結日 契約締結予定日 " +
      "契約年月日 部署名 所属部署名 所属部署 所属名 所属 部署 担当部署 部課名 部課 課名 支店名 " +
      "工事場所 履行場所 施工場所 納入場所 業務場所 建設業許可番号 許可番号 業者番号 業者コ-ド " +
      "業者コード 登録番号 法人番号 備考 区分 役割 種別 郵便番号 受付番号 契約担当課 契約担当所属 " +
      "発注担当課 担当課 担当課名 発注課 所管課 発注機関 案件番号 公告番号 入札番号 落札日 開札日 " +
      "ホームページ URL 内線 内線番号 項目 記入欄 記載欄 内容 記入上の注意 注意事項 確認事項 説明 " +
      "確認順 順番 順位 順序 番号 No. No 記入例 記載例 利用可否 提出期限 電子契約サービス名 サービス名",
  ),
};

/** Words for each role. */
export const ROLE_WORDS: Readonly<Record<Role, readonly string[]>> = {
  confirmer: words(
    "契約締結確認者 契約確認者 電子契約確認者 書類確認者 内容確認者 確認者 電子契約利用者 利用者 " +
      "契約内容確認者 契約内容の確認者 電子契約に係る確認者 電子契約の確認者 電子契約における確認者 契約締結の確認者 契約の確認者 " +
      "契約締結者 署名者 電子署名者 締結担当者 契約書確認者 メール受信者 合意者 同意者",
  ),
  representative: words(
    "代表者 代表 受任者 委任を受けた者 代理人 支店長等 契約代表者 契約権限者 契約締結権限者",
  ),
  staff: words(
    "担当者 事務担当者 契約担当者 電子契約担当者 窓口担当者 連絡担当者 本件担当者 本件の担当者 " +
      "ご担当者 御担当者 担当 記入者 連絡先 連絡窓口",
  ),
  desk: words(
    "問合せ先 問合先 問い合わせ先 お問合せ先 お問い合わせ先 提出先・お問い合わせ先 提出先及び問合せ先 照会先",
  ),
  vendor: words(
    "受注者 受注予定者 落札者 契約者 事業者 申請者 届出者 請負者 受託者 契約の相手方 契約相手方 " +
      "提出者 相手方 契約の相手 会社 法人 企業 乙",
  ),
  member: words(
    "代表構成員 共同企業体代表者 代表企業 構成企業 構成員 構成団体 その他構成員 その他の構成員 他の構成員",
  ),
};
