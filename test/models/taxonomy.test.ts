import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadTaxonomy, parseTaxonomy } from "../../models/taxonomy.ts";
import { InputError } from "../../pipeline/errors.ts";

const bundled = (name: string) =>
  fileURLToPath(new URL(`../../models/taxonomies/${name}.yaml`, import.meta.url));

test("a leaf inherits its parent's severity unless it has its own", () => {
  const { leaves } = loadTaxonomy(bundled("food-maker"));
  expect(leaves.find(({ id }) => id === "package.damage")).toMatchObject({
    severity: 2,
    parentId: "package",
    parentLabel: "包装・開けやすさ",
  });
  expect(leaves.find(({ id }) => id === "package.opening")).toMatchObject({ severity: 1 });
  expect(leaves.map(({ position }) => position)).toEqual(leaves.map((_, index) => index));
});

test("a taxonomy of one level has leaves without parents", () => {
  const { leaves } = loadTaxonomy(bundled("tourism"));
  expect(leaves).toHaveLength(21);
  expect(leaves.every(({ parentId }) => parentId === null)).toBe(true);
});

test("everything wrong with a file is reported at once, each with its path", () => {
  const yaml = `
name: Food
label: 食品
version: 1
colour: red
topics:
  - { id: a, label: あ, severity: 9 }
  - id: b
    label: い
    topics:
      - { id: b.x, label: う, nmae: typo }
  - { id: c, label: え }
  - { id: c, label: お }
`;
  const report = messageOf(() => parseTaxonomy(yaml, "my.yaml"));
  expect(report.split("\n")).toHaveLength(5);
  expect(report).toMatch(/my\.yaml name/);
  expect(report).toMatch(/知らない項目: colour/);
  expect(report).toMatch(/topics\.0\.severity/);
  expect(report).toMatch(/topics\.1\.topics\.0: 知らない項目: nmae/);
  expect(report).toMatch(/topics\.3\.id: 「c」は topics\.2 にもあります/);
});

test.each([
  { why: "a file that is not there", read: () => loadTaxonomy("/none/such.yaml"), names: /such/ },
  { why: "a file that is not YAML", read: () => parseTaxonomy("a: [", "x.yaml"), names: /x\.yaml/ },
  { why: "an empty file", read: () => parseTaxonomy("", "x.yaml"), names: /x\.yaml/ },
])("$why is refused by name", ({ read, names }) => {
  expect(read).toThrow(InputError);
  expect(read).toThrow(names);
});

function messageOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "";
}
