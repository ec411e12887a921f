import { expect, test } from "vitest";
import { requiredName, requiredText } from "../../../pipeline/cli/required-text.ts";

test.each([
  { why: "another entry of a list", name: "林\n00000000  2026-01-01 00:00  森" },
  { why: "an order to the terminal", name: "林\u001b[2J" },
  { why: "letters in the other direction", name: "林\u202eABC" },
  { why: "nothing but spaces", name: "　 " },
])("no name holds $why", ({ name }) => {
  expect(requiredName("名前").safeParse(name).success).toBe(false);
});

test("a reason may have lines", () => {
  expect(requiredText("理由", 100).parse(" 一行目\n二行目 ")).toBe("一行目\n二行目");
});
