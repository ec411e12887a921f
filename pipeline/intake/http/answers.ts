import { z } from "zod";
import { FieldError } from "./http-voice.ts";

/** Voices of one request. */
export const MAX_VOICES = 1000;
/** Different names in one request: each of its voices is looked at for each of them. */
export const MAX_ATTRIBUTE_NAMES = 100;
/** Bytes of one body. */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;
export const MAX_KEY_LENGTH = 200;

const index = z.int().nonnegative().describe("Place of the voice in the request, from 0.");

/** What became of one voice. */
export const VoiceResult = z.discriminatedUnion("status", [
  z
    .strictObject({
      index,
      status: z.literal("accepted"),
      voiceId: z.uuid().optional().describe("Kizuki's id of the voice; absent in a check."),
    })
    .describe("It is kept, and will be read."),
  z.strictObject({ index, status: z.literal("empty") }).describe("It has no words; only counted."),
  z
    .strictObject({ index, status: z.literal("refused"), errors: z.array(FieldError) })
    .describe(
      "It cannot be read. Beside others that can it is kept as a dead letter, which staff see.",
    ),
]);
export type VoiceResult = z.infer<typeof VoiceResult>;

/** The answer to a request of which at least one voice can be read. */
export const Taken = z.strictObject({
  accepted: z.int().nonnegative(),
  empty: z.int().nonnegative(),
  refused: z.int().nonnegative(),
  voices: z.array(VoiceResult).describe("In the order of the request."),
});
export type Taken = z.infer<typeof Taken>;

/** Why nothing of a request was kept, with the status that says it. */
export const REFUSALS = {
  "bad-json": [400, "JSON として読めません。line と column の所を見てください。"],
  "no-voices": [400, "声が一件もありません。"],
  "bad-idempotency-key": [
    400,
    `Idempotency-Key は、空白のない英数字と記号で ${MAX_KEY_LENGTH} 文字までにしてください。`,
  ],
  "body-cut-off": [400, "本文が途中で切れました。何も取り込んでいません。"],
  "no-key": [401, "Authorization: Bearer に、kizuki http-key add で作った鍵を書いてください。"],
  "not-allowed": [403, "この鍵でできるのは POST /v1/voices/check だけです。"],
  "no-such-path": [
    404,
    "使えるのは POST /v1/voices、POST /v1/voices/check、GET /v1/openapi.json です。",
  ],
  "other-body": [
    409,
    "同じ Idempotency-Key で、別の本文を受け取っています。別の鍵で送ってください。",
  ],
  "too-large": [
    413,
    `本文は ${MAX_BODY_BYTES / 1024 ** 2} MiB、声は ${MAX_VOICES} 件、attributes の名前は合わせて ${MAX_ATTRIBUTE_NAMES} 種類までです。分けて送ってください。`,
  ],
  "not-json": [
    415,
    "Content-Type は application/json か application/x-ndjson にし、圧縮せずに送ってください。",
  ],
  "voices-refused": [
    422,
    "読める声が一件もありません。何も取り込んでいません。voices の errors に、項目ごとに、読んだものと期待した形があります。",
  ],
  busy: [503, "混んでいます。少し待って、同じ要求をもう一度送ってください。"],
  unavailable: [503, "いまは受け取れません。少し待って、同じ要求をもう一度送ってください。"],
} as const satisfies Record<string, readonly [number, string]>;

export type Refusal = keyof typeof REFUSALS;

/** The answer to a request of which nothing was kept. */
export const Refused = z.strictObject({
  error: z.string().describe(Object.keys(REFUSALS).join(", ")),
  message: z.string().describe("For people, in Japanese. Never a word of the request."),
  line: z.int().positive().optional(),
  column: z.int().positive().optional(),
  voices: z.array(VoiceResult).optional(),
});
export type Refused = z.infer<typeof Refused>;
