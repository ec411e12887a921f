import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT } from "./run-kizuki.ts";

/** A copy of the code and the models, for tests that change one of its files. */
export function copyProject(folder: string): string {
  const project = join(folder, "project");
  mkdirSync(project);
  for (const part of ["pipeline", "reports", "sql", "models", "package.json", "tsconfig.json"]) {
    cpSync(join(PROJECT, part), join(project, part), {
      recursive: true,
      filter: (path) => !path.includes("/pipeline/demo/voices"),
    });
  }
  symlinkSync(join(PROJECT, "node_modules"), join(project, "node_modules"));
  return project;
}

/** Changes a text file of a copy; fails where the change changes nothing, so that no mutant is the original. */
export function changeFile(project: string, file: string, change: (text: string) => string): void {
  const path = join(project, file);
  const before = readFileSync(path, "utf8");
  const after = change(before);
  if (after === before) throw new Error(`${file} is what it was`);
  writeFileSync(path, after);
}
