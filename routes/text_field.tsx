/**
 * One line to write in, with its label, help and mark of fault.
 *
 * @module
 */
import type { VNode } from "preact";

/** What a field shows. */
export type TextFieldProps = {
  /** Name in the form, and id on the page. */
  readonly name: string;
  readonly label: string;
  readonly value?: string;
  readonly help?: string;
  readonly keyboard?: "tel" | "email" | "numeric";
  readonly required?: boolean;
  /** Whether what was written cannot be taken. */
  readonly fault?: boolean;
  /** In characters; 1,000 unless told. */
  readonly maxLength?: number;
  /** Off where what the browser remembers would be another case's. */
  readonly autocomplete?: "off";
};

/** A text field; its help is read out with it. */
export function TextField(props: TextFieldProps): VNode {
  const { name, label, value = "", help, keyboard = "text", required, fault, maxLength = 1000 } = props;
  const helpId = help ? `${name}-help` : undefined;
  return (
    <div class="field">
      <label for={name}>{label}{required && <span class="must">必須</span>}</label>
      {help && <span class="help" id={helpId}>{help}</span>}
      <input
        id={name}
        name={name}
        type="text"
        inputMode={keyboard}
        value={value}
        required={required}
        maxLength={maxLength}
        autocomplete={props.autocomplete}
        aria-describedby={helpId}
        aria-invalid={fault ? "true" : undefined}
      />
    </div>
  );
}
