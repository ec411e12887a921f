import { expect, test } from "vitest";
import { folderOfAll } from "../../../pipeline/operations/config-files.ts";

test.each([
  { why: "one lies in the other's", files: ["/a/b/c.yaml", "/a/d.yaml"], folder: "/a" },
  { why: "one has the beginning of the other's name", files: ["/a/b/c", "/a/bb/c"], folder: "/a" },
  { why: "they have nothing in common", files: ["/a/c.yaml", "/b/c.yaml"], folder: "/" },
  { why: "one begins with two dots", files: ["/c.yaml", "/..old/c.yaml"], folder: "/" },
])("the deepest folder of files whose folders differ is found where $why", ({ files, folder }) => {
  expect(folderOfAll(files)).toBe(folder);
});
