import kafkajs from "kafkajs";
import { expect, test } from "vitest";
import { noteOf } from "../../../pipeline/streams/noted-assigner.ts";

const { MemberMetadata } = kafkajs.AssignerProtocol;
const WITHOUT_USER_DATA = [0, 1, 0, 0, 0, 1, 0, 3, 0x61, 0x62, 0x63, 0xff, 0xff, 0xff, 0xff];

test("a member's note is read from its metadata, and a worker of before has an empty one", () => {
  const of = (note: string) =>
    MemberMetadata.encode({ version: 1, topics: ["voc.raw"], userData: Buffer.from(note) });
  expect(noteOf(of("感情 -0.5"))).toBe("感情 -0.5");
  expect(noteOf(of(""))).toBe("");
});

test.each([
  ["of one who is just joining", []],
  ["without user data, as clients in Java write it", WITHOUT_USER_DATA],
  ["of another protocol", [...Buffer.from("junkjunk")]],
  ["that ends too early", [0, 1, 0x7f, 0xff, 0xff, 0xff]],
])("metadata %s has no note, and stops nobody from looking at the others", (_, bytes) => {
  expect(noteOf(Buffer.from(bytes))).toBeUndefined();
});
