import { z } from "zod";
import {
  MAX_ATTRIBUTE_NAMES,
  MAX_BODY_BYTES,
  MAX_KEY_LENGTH,
  MAX_VOICES,
  REFUSALS,
  Refused,
  Taken,
} from "./answers.ts";
import { HttpVoice } from "./http-voice.ts";

function schemaOf(schema: z.ZodType) {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return rest;
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: unknown) => ({ "application/json": { schema } });

/** The OpenAPI 3.1 document of the port, made of the schemas that requests and answers meet. */
export function openApi() {
  return {
    openapi: "3.1.0",
    info: {
      title: "Kizuki: intake of voices",
      version: "1",
      description:
        "Answers 202 only when the voices are on the disk of the embedded stream, or acknowledged by Kafka.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    paths: {
      "/v1/voices": { post: operation("sendVoices", "Brings one voice or up to 1,000.", "202") },
      "/v1/voices/check": {
        post: operation("checkVoices", "Says what /v1/voices would; nothing is kept.", "200"),
      },
    },
    components: {
      securitySchemes: { key: { type: "http", scheme: "bearer" } },
      schemas: { Voice: schemaOf(HttpVoice), Taken: schemaOf(Taken), Refused: schemaOf(Refused) },
    },
    security: [{ key: [] }],
  };
}

function operation(operationId: string, summary: string, success: "200" | "202") {
  const sends = success === "202";
  return {
    operationId,
    summary,
    ...(sends && { parameters: [IDEMPOTENCY_KEY] }),
    requestBody: {
      required: true,
      description: `At most ${MAX_BODY_BYTES / 1024 ** 2} MiB, ${MAX_VOICES} voices and ${MAX_ATTRIBUTE_NAMES} different names of attributes, UTF-8, not compressed.`,
      content: {
        ...json({
          oneOf: [ref("Voice"), { type: "array", maxItems: MAX_VOICES, items: ref("Voice") }],
        }),
        "application/x-ndjson": { schema: { type: "string", description: "A voice a line." } },
      },
    },
    responses: { [success]: answer("What became of each voice.", "Taken"), ...refusals(sends) },
  };
}

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header",
  description:
    "Any text without blanks. The same key with the same body, within seven days, gives the same answer and no second voice.",
  schema: { type: "string", minLength: 1, maxLength: MAX_KEY_LENGTH },
};

function refusals(sends: boolean): Record<string, unknown> {
  const codes = new Map<number, string[]>();
  for (const [code, [status]] of Object.entries(REFUSALS)) {
    const isMet = status !== 404 && (sends || (status !== 403 && status !== 409));
    if (isMet) codes.set(status, [...(codes.get(status) ?? []), code]);
  }
  const answers = [...codes].map(([status, met]) => [status, answer(met.join(", "), "Refused")]);
  return Object.fromEntries(answers);
}

function answer(description: string, schema: string) {
  return { description, content: json(ref(schema)) };
}
