/**
 * The documents of a case, to be read by the officer in the browser.
 *
 * @module
 */
import type { VNode } from "preact";
import type { Case } from "../../lib/domain/case.ts";
import { searchFacts } from "../../lib/flows/case_search.ts";
import { ContractView, type ContractViewProps } from "../archive/contract_view.tsx";
import { Layout } from "../layout.tsx";

/** The page. */
export function OfficerViewPage({ path, state, view }: {
  readonly path: string;
  readonly state: Case;
  readonly view: ContractViewProps;
}): VNode {
  const title = searchFacts(state).title || "契約書";
  return (
    <Layout title={title} side={`案件 ${state.number}`} wide>
      <h1>{title}</h1>
      <a class="btn ghost" href={path}>案件のページに戻る</a>
      <ContractView {...view} />
    </Layout>
  );
}
