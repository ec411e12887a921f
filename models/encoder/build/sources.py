"""The texts that the encoder is trained on, with what is known of each."""

import csv
import gzip
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

SENTIMENTS = ["negative", "neutral", "positive"]
KINDS = ["complaint", "request", "question", "praise", "other"]
EMOTIONS = ["怒り", "失望", "不安", "嫌悪", "悲しみ", "喜び", "感謝", "驚き", "期待"]
MODELS = Path(__file__).resolve().parents[2]
EXAMPLES = MODELS / "examples"
TESTS = MODELS / "tests"
# A training text that shares so many characters in a row with a test line is left out.
LEAK = 12
# One group of written lines in eight is not shown to the encoder. Heads are calibrated on those: of the others it knows
# the labels by heart, and a head would be surer of itself than it is right.
KEPT_BACK = 256 // 8


@dataclass
class Text:
    """One training text. What is None or empty is not known and teaches nothing."""

    text: str
    sentiment: str | None = None
    kind: str | None = None
    # How far the sentiment and the kind are to be believed.
    trust: float = 1.0
    question: str | None = None
    topics: list[str] = field(default_factory=list)
    # Which list of topics they are of.
    space: str | None = None
    emotions: list[str] | None = None
    intensity: int | None = None
    harm: bool | None = None
    wrong: bool | None = None
    # File, and theme, set, line or voice: lines of one set, clauses of one line.
    group: str = ""


def read_sources(data: Path, morality: Path, wide: Path) -> tuple[dict[str, list[Text]], list[Text]]:
    """
    @param data folder of hokuriku-voices, asdc-requests and quasi-reviews (.jsonl.gz)
    @param morality data_train.csv of JCommonsenseMorality (MIT)
    @param wide Japanese side of the Tanaka corpus (CC BY 2.0 FR), words apart, one sentence a line
    @returns by source what is trained on, and the lines, written or labelled by reading, that are kept back
    """
    leaks, tested, kept = test_runs(), tested_voices(), kept_back_voices()
    rows = {name: read_jsonl_gz(data / f"{name}.jsonl.gz") for name in ("hokuriku-voices", "asdc-requests", "quasi-reviews")}
    unknown = tested | kept
    public = [row for name in ("hokuriku-voices", "quasi-reviews") for row in rows[name] if row["id"] not in tested]
    for name in ("hokuriku-voices", "quasi-reviews"):
        rows[name] = [row for row in rows[name] if row["id"] not in unknown]
    voices = weak_voices(rows["hokuriku-voices"])
    sources = {
        "voices": [voice for voice in voices if voice.sentiment],
        "questions": [voice for voice in voices if voice.question],
        "flipped": flipped(voices),
        "requests": requests(rows["asdc-requests"]),
        "written": [*written_voices(), *written_segments()],
        "polarity": list(polarity_lines()),
        "real": list(real_segments(public)),
        "morality": moral_judgements(morality),
        "wide": [Text(plain(line.replace(" ", ""))) for line in wide.read_text("utf-8").splitlines() if line.strip()]
        + review_sentences(rows["quasi-reviews"]),
    }
    known = {name: [one for one in texts if runs(one.text).isdisjoint(leaks)] for name, texts in sources.items()}
    kept_back = [one for texts in known.values() for one in texts if is_kept_back(one.group)]
    unseen = {one.text for one in kept_back}
    trained = {name: [one for one in texts if one.text not in unseen] for name, texts in known.items()}
    return trained, kept_back


def is_kept_back(group: str) -> bool:
    """The same rule as in models/shipped/kept-back.ts, which also knows the files that only heads are trained on."""
    return group != "" and hashlib.sha256(group.encode()).digest()[0] < KEPT_BACK


def plain(text: str) -> str:
    """The same as in models/shipped/plain-text.ts."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


def runs(text: str) -> set[str]:
    """The same as in models/shipped/drop-leaks.ts: a text shorter than a run is its own only run."""
    own = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return {own[at : at + LEAK] for at in range(max(1, len(own) - LEAK + 1))}


def test_runs() -> set[str]:
    """Of every test line, and of every clause and span of it."""
    found: set[str] = set()
    for path in TESTS.glob("*.tsv"):
        for line in lines_of(path):
            text = line.split("\t")[-1]
            found.update(*(runs(part) for part in (text.replace("|", ""), *text.split("|"))))
    for path in TESTS.glob("*.jsonl"):
        for row in map(json.loads, lines_of(path)):
            found.update(runs(row["text"]), *(runs(span_text(row["text"], span)) for span in row["spans"]))
    return found


def tested_voices() -> set[str]:
    """Ids of the public voices that test segments were cut from."""
    return {line.split("\t")[1] for line in lines_of(TESTS / "real-voices.tsv")}


def kept_back_voices() -> set[str]:
    """
    Ids of the public voices with a segment that is kept back, or that is for the heads alone: no label that follows
    from their question or mark may teach the encoder about them either.
    """
    return {
        name
        for path in EXAMPLES.glob("*real-*.tsv")
        for name in (line.split("\t")[0] for line in lines_of(path))
        if path.name.startswith("heads-") or is_kept_back(f"{path.name} {name}")
    }


# Half of the answers to "what do you wish for" are bare nouns or praise; these words are in the other half.
WISH = re.compile("ほし[いか]|欲し[いか]|あると|あれば|たら|お願い|希望|べき|ください|下さい")
# Answers that say nothing, in the place where a complaint would be.
NO_COMPLAINT = re.compile("特に|とくに|ない(です)?$|なし|無し|無い(です)?$|問題|不満|同じ|良かった|よかった|満足")


def weak_voices(rows: list[dict]) -> list[Text]:
    """Labels that follow from the question answered and the mark given; a mark of 1 is often meant as 5."""
    found: dict[str, Text] = {}
    for row in rows:
        text = plain(row["text"])
        if text in found or not 4 <= len(text) <= 140 or re.search("&[a-z0-9#]+;", text):
            continue
        sentiment, kind, trust = weak_label(row, text) if len(text) >= 6 else (None, None, 0.0)
        question = None if row["question"] == "free" else row["question"]
        found[text] = Text(text, sentiment, kind, trust, question)
    return list(found.values())


def weak_label(row: dict, text: str) -> tuple[str | None, str | None, float]:
    wish = bool(WISH.search(text))
    match row["kind"], row["rating"]:
        case "request", _ if wish:
            return "negative", "request", 0.5
        case "complaint", _ if not NO_COMPLAINT.search(text):
            return "negative", "request" if wish else "complaint", 0.5
        case "reason", 2:
            return "negative", None, 0.5
        case ("praise", _) | ("reason", 5):
            return "positive", "praise", 0.5
        case "reason", 4:
            return "positive", None, 0.15
        case _:
            return None, None, 0.0


ADJECTIVES = (
    "おいし|美味し|楽し|うれし|嬉し|素晴らし|面白|おもしろ|優し|やさし|安|広|早|速|遅|高|狭|遠|暑|寒|少な|多|小さ|大き|"
    "冷た|暗|汚|きたな|古|まず|つまらな|悪|難し|わかりにく|分かりにく|わかりやす|分かりやす|見にく|怖|甘|辛|硬|固|薄|濃|"
    "重|短|長|すご|凄|温か|暖か|近|新し|美し|珍し"
)
LAST_ADJECTIVE = re.compile(
    rf"(?P<stem>{ADJECTIVES})(?P<end>かった|い)(?=(です|と思います|と思いました|と感じました|。|！|!)*$)"
)
LAST_VERB = re.compile(
    "(?P<stem>困り|待ち|疲れ|迷い|楽しめ|満足し|感動し|助かり|癒され|壊れ|停められ|見られ|買え|食べられ|使え|わかり|分かり)"
    "ました(?=[。！!]*$)"
)
OTHER_SIDE = {"negative": "positive", "positive": "negative"}


def flipped(voices: list[Text]) -> list[Text]:
    """Short voices whose last word was negated, so that their sentiment turned."""
    found = []
    for voice in voices:
        text = voice.text
        if voice.trust < 0.5 or voice.kind == "request" or len(text) > 32 or "。" in text[:-1] or " " in text:
            continue
        if "ない" in text or "なかった" in text or WISH.search(text):
            continue
        turned = LAST_ADJECTIVE.sub(
            lambda m: m["stem"] + ("くなかった" if m["end"] == "かった" else "くない"), text
        )
        turned = LAST_VERB.sub(lambda m: m["stem"] + "ませんでした", turned)
        if turned != text:
            found.append(Text(turned, OTHER_SIDE[voice.sentiment], trust=0.5))
    return found


def requests(rows: list[dict]) -> list[Text]:
    """All but those of the few-shot test's topics, whose names no other request is taught by either."""
    unseen = set(lines_of(TESTS / "few-shot-topics.txt"))
    found = []
    for row in rows:
        leaves = row["topic"].split(",")
        if unseen.intersection(leaves):
            continue
        paths = {"::".join(leaf.split("::")[:depth]) for leaf in leaves for depth in range(1, leaf.count("::") + 2)}
        found.append(Text(plain(row["text"]), topics=sorted(paths - unseen), space="requests"))
    return found


def written_voices() -> Iterator[Text]:
    """Every span of the written voices."""
    for path in sorted(EXAMPLES.glob("*.jsonl")):
        for row in map(json.loads, lines_of(path)):
            for span in row["spans"]:
                yield Text(
                    plain(span_text(row["text"], span)),
                    span["sentiment"],
                    span["kind"],
                    topics=span["topics"],
                    space=topic_space(span["topics"], path.stem),
                    emotions=span["emotions"],
                    intensity=span["intensity"],
                    harm=span["harm"],
                    group=f"{path.name} {row['theme']}",
                )


def topic_space(topics: list[str], stem: str) -> str:
    """Topics are told apart within an industry: 「値段」 of a hotel is no rival of 「値段」 of a shop."""
    return "food-maker" if stem == "food-maker" else topics[0].split(".")[0] if topics else stem


def written_segments() -> Iterator[Text]:
    """The older lines: topics, kind, sentiment, text."""
    for path in [*sorted(EXAMPLES.glob("food-maker*.tsv")), *sorted(EXAMPLES.glob("tourism*.tsv"))]:
        space = "tourism" if path.stem.startswith("tourism") else "food-maker"
        for line in lines_of(path):
            topics, kind, sentiment, text = line.split("\t")
            own = [topic for topic in topics.split("+") if topic not in ("", "-")]
            yield Text(plain(text), sentiment, kind, topics=own, space=space, group=f"{path.name} {plain(text)}")


def polarity_lines() -> Iterator[Text]:
    """Every clause of the lines that have sentiments only."""
    for path in sorted(EXAMPLES.glob("polarity-*.tsv")):
        for line in lines_of(path):
            name, _type, sentiments, text = line.split("\t")
            for sentiment, clause in zip(sentiments.split(","), text.split("|"), strict=True):
                yield Text(plain(clause), sentiment, group=f"{path.name} {name}")


def real_segments(rows: list[dict]) -> Iterator[Text]:
    """Segments of public voices, labelled by reading them; the file has their places, not their words."""
    texts = {row["id"]: plain(row["text"]) for row in rows}
    for path in sorted(EXAMPLES.glob("real-*.tsv")):
        for line in lines_of(path):
            name, start, end, digest, sentiment, kind, emotions, intensity, harm = line.split("\t")
            text = texts.get(name, "")[int(start) : int(end)]
            if hashlib.sha256(text.encode()).hexdigest()[: len(digest)] != digest:
                raise ValueError(f"{path.name} {name} {start}–{end}: the data has other words there")
            yield Text(
                text,
                sentiment,
                kind,
                emotions=[] if emotions == "-" else emotions.split(","),
                intensity=int(intensity),
                harm=harm == "h",
                group=f"{path.name} {name}",
            )


def moral_judgements(path: Path) -> list[Text]:
    with path.open(encoding="utf-8", newline="") as file:
        return [Text(plain(row["sent"]), wrong=row["label"] == "1") for row in csv.DictReader(file)]


def review_sentences(rows: list[dict]) -> list[Text]:
    lines = [line for row in rows for line in row["text"].splitlines()]
    return [Text(plain(line)) for line in lines if line.strip()]


def span_text(text: str, span: dict) -> str:
    return text[span["start"] : span["end"]]


def lines_of(path: Path) -> Iterable[str]:
    return path.read_text("utf-8").splitlines()


def read_jsonl_gz(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]
