/**
 * House rules as lint rules: the core reads no ambient clock, randomness or I/O.
 *
 * @module
 */
const CORE = /\/lib\/(?!adapters\/)/;

const plugin: Deno.lint.Plugin = {
  name: "warifu",
  rules: {
    "no-ambient-world": {
      create(context) {
        if (!CORE.test(context.filename.replaceAll("\\", "/"))) return {};
        const report = (node: Deno.lint.Node, what: string) =>
          context.report({ node, message: `${what} is ambient: take it through a port` });
        return {
          "NewExpression[callee.name='Date'][arguments.length=0]"(node) {
            report(node as Deno.lint.Node, "new Date()");
          },
          "MemberExpression[object.name='Date'][property.name='now']"(node) {
            report(node as Deno.lint.Node, "Date.now");
          },
          "MemberExpression[object.name='Math'][property.name='random']"(node) {
            report(node as Deno.lint.Node, "Math.random");
          },
          "MemberExpression[object.name='crypto'][property.name=/^(getRandomValues|randomUUID)$/]"(node) {
            report(node as Deno.lint.Node, "crypto randomness");
          },
          "MemberExpression[object.name='Deno']"(node) {
            report(node as Deno.lint.Node, "Deno");
          },
        };
      },
    },
  },
};

export default plugin;
