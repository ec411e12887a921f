import { createHash, createHmac } from "node:crypto";
import type { SourceDescription } from "../source.ts";
import type { SourceRecord } from "../table/split-records.ts";

/** A description with one column of words. */
export type AnswerSource = SourceDescription & {
  readonly columns: { readonly verbatim: string };
};

/** What the columns are called that an answer gets: which question it answers, its words, and whose they are. */
export const QUESTION = "設問";
const ANSWER = "回答";
const RESPONDENT = "回答者";

/** Of a survey with several columns of words, the description of one answer as `splitAnswers` makes it. */
export function answerSource(source: SourceDescription): AnswerSource {
  const { columns, attributes } = source;
  const { verbatim, id, ...others } = columns;
  if (typeof verbatim === "string") return { ...source, columns: { ...columns, verbatim } };
  return {
    ...source,
    columns: {
      ...others,
      verbatim: ANSWER,
      // The respondent's id names as many voices as there are questions.
      ...(id !== undefined && { id: [id, QUESTION].flat() }),
    },
    attributes: [...new Set([...attributes, QUESTION, RESPONDENT])],
  };
}

/**
 * Makes of each row of a survey as many records as it has columns of words, numbered anew. Every row has to be given,
 * in order, from the first; a row that cannot be read stays one record.
 */
export function splitAnswers(
  { columns }: SourceDescription,
  identityKey: Buffer,
): (record: SourceRecord) => readonly SourceRecord[] {
  const { verbatim, id } = columns;
  if (typeof verbatim === "string") return (record) => [record];
  let offset = 0;
  return (record) => {
    if ("problem" in record) return [{ ...record, offset: offset++ }];
    const { cells } = record;
    const respondent = respondentOf(cells, id, identityKey);
    return verbatim.map((question) => {
      const answer = [
        [QUESTION, clipQuestion(question)],
        [ANSWER, cells.get(question) ?? ""],
        [RESPONDENT, respondent],
      ] as const;
      return { ...record, offset: offset++, cells: new Map([...cells, ...answer]) };
    });
  };
}

/** Without an id the whole row tells a respondent apart, in every export that has it. */
function respondentOf(
  cells: ReadonlyMap<string, string>,
  id: SourceDescription["columns"]["id"],
  identityKey: Buffer,
): string {
  const written = [id ?? []].flat().map((column) => cells.get(column)?.trim() ?? "");
  if (written.length > 0 && !written.includes("")) return written.join(" ");
  const row = JSON.stringify(["respondent", ...cells.values()]);
  return createHmac("sha256", identityKey).update(row).digest("hex").slice(0, 16);
}

/** A question is part of a voice's id, which has 200 characters at most. */
function clipQuestion(question: string): string {
  if (question.length <= LONGEST_QUESTION) return question;
  const hash = createHash("sha256").update(question).digest("hex").slice(0, 8);
  return `${question.slice(0, LONGEST_QUESTION)}…${hash}`;
}

const LONGEST_QUESTION = 80;
