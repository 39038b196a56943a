/**
 * What is wrong with the records of a case, in words for operators and officers.
 *
 * @module
 */
import type { AuditFault } from "../domain/audit.ts";

/** People count from 1; `seq` is what stands in the store. */
const nth = (seq: number): string => `${seq + 1}件目（seq ${seq}）`;

function missingWords(seq: number, upTo: number): string {
  return seq === upTo ? `${nth(seq)}の記録がありません` : `${nth(seq)}から${nth(upTo)}までの記録がありません`;
}

/** A fault of a case's records. `misfiled` and `erased` are of the place where they should lie. */
export type RecordFault = AuditFault | { readonly fault: "misfiled" | "erased" };

/** A fault in words, without an end mark. */
export function auditWords(found: RecordFault): string {
  switch (found.fault) {
    case "missing":
      return missingWords(found.seq, found.upTo);
    case "malformed":
      return `${nth(found.seq)}の記録が、記録の形をしていません`;
    case "misplaced":
      return `${nth(found.seq)}に、別の順番の記録があります`;
    case "edited":
      return `${nth(found.seq)}の記録が書き換えられています（ハッシュ値が内容と一致しません）`;
    case "unchained":
      return `${nth(found.seq)}の記録が、直前の記録につながっていません`;
    case "surplus":
      return `${nth(found.seq)}以降に、案件にない記録があります`;
    case "foreign":
      return "履歴のものではない記録が混ざっています";
    case "stateless":
      return "履歴だけがあり、案件がありません";
    case "eventless":
      return "案件だけがあり、履歴がありません";
    case "otherHead":
      return "最後の記録のハッシュ値が、案件のものと一致しません";
    case "otherState":
      return "案件の内容が、履歴から作ったものと一致しません";
    case "otherNumber":
      return "別の案件の内容が入っています";
    case "misfiled":
      return "案件が、あるべき場所にありません";
    case "erased":
      return "案件が消されています（索引だけに残っています）";
  }
}
