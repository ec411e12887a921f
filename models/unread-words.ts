import { findTaxonomy } from "./load-classifier.ts";
import { type Analyzer, loadAnalyzer } from "./morphemes.ts";
import { isYamlFile } from "./read-yaml.ts";

/**
 * Finds words under `words` of a company's own files that the analyzer never gives as one morpheme in this form, so that
 * they match nothing: 「駐車場」 is read as 駐車 and 場.
 *
 * @param taxonomies names of bundled taxonomies or paths of YAML files
 * @returns a line for staff for each topic that has such words
 */
export async function unreadWordsNotes(taxonomies: readonly string[]): Promise<string[]> {
  const topics = taxonomies
    .filter(isYamlFile)
    .flatMap((file) => findTaxonomy(file).leaves.map((leaf) => ({ ...leaf, file })))
    .filter(({ words }) => words.rules.length > 0);
  if (topics.length === 0) return [];
  const analyzer = await loadAnalyzer();
  return topics.flatMap(({ file, id, label, words }) => {
    const all = new Set(words.rules.flatMap((rule) => rule.flatMap((list) => [...list])));
    const said = [...all].flatMap((word) => sayUnread(analyzer, word));
    if (said.length === 0) return [];
    return [
      `話題の分類 ${file} … 話題「${label}」（${id}）の words に、本文の語と合わない語があります。読んだもの: ${said.join("、")}。期待: 形態素一つ分の基本形。書き方: docs/taxonomies.ja.md`,
    ];
  });
}

function sayUnread(analyzer: Analyzer, word: string): string[] {
  const bases = analyzer.analyze(word).map(({ base }) => base);
  return bases.length === 1 && bases[0] === word ? [] : [`${word}（${bases.join("／")} と読む）`];
}
