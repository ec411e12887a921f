import { expect, test } from "vitest";
import { isKeptBack } from "../../../models/shipped/kept-back.ts";

/** Read from `is_kept_back` of models/encoder/build/sources.py, which chose what the encoder was trained on. */
const BY_PYTHON = {
  "hotel.jsonl allergy-egg": true,
  "hotel.jsonl breakfast-out": true,
  "hotel.jsonl aircon-dead": false,
  "hotel.jsonl amenity-bar": false,
  "pairs-sarcasm.tsv sar-005": true,
  "tourism.tsv 思ってたより空港から近い!": true,
};

test("the same groups are kept back as the encoder's build keeps back", () => {
  const own = Object.keys(BY_PYTHON).map((group) => [group, isKeptBack(group)]);
  expect(Object.fromEntries(own)).toEqual(BY_PYTHON);
});
