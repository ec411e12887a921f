import { parseDocument } from "yaml";
import { ConfigError } from "./errors.ts";

/**
 * Reads a file of the company's own settings.
 *
 * @param file what it is and where, for the message
 * @throws ConfigError with every place that is no YAML
 */
export function parseYaml(text: string, file: string): unknown {
  const document = parseDocument(text);
  if (document.errors.length === 0) return document.toJS();
  const lines = document.errors.map((error) => `  ${error.message}`);
  throw new ConfigError(`${file} は YAML として読めません:\n${lines.join("\n")}`);
}
