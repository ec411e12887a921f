"""The texts that the encoder is trained on, with what is known of each."""

import csv
import gzip
import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

SENTIMENTS = ["negative", "neutral", "positive"]
KINDS = ["complaint", "request", "question", "praise", "other"]
EMOTIONS = ["怒り", "失望", "不安", "嫌悪", "悲しみ", "喜び", "感謝", "驚き", "期待"]
MODELS = Path(__file__).resolve().parents[2]
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
    weight: float = 1.0
    question: str | None = None
    topics: list[str] = field(default_factory=list)
    # Which list of topics they are of.
    space: str | None = None
    emotions: list[str] | None = None
    intensity: int | None = None
    harm: bool | None = None
    wrong: bool | None = None
    # Lines that differ in little but their sentiment share a pair.
    pair: str | None = None


def read_sources(data: Path, morality: Path, wide: Path) -> dict[str, list[Text]]:
    """
    @param data folder of hokuriku-voices, asdc-requests and quasi-reviews (.jsonl.gz)
    @param morality data_train.csv of JCommonsenseMorality (MIT)
    @param wide Japanese side of the Tanaka corpus (CC BY 2.0 FR), words apart, one sentence a line
    """
    leaks = test_runs()
    voices = weak_voices(data / "hokuriku-voices.jsonl.gz")
    sources = {
        "voices": [voice for voice in voices if voice.sentiment],
        "questions": [voice for voice in voices if voice.question],
        "flipped": flipped(voices),
        "requests": requests(data / "asdc-requests.jsonl.gz"),
        "written": written(),
        "pairs": pairs(),
        "morality": moral_judgements(morality),
        "wide": [Text(plain(line.replace(" ", ""))) for line in wide.read_text("utf-8").splitlines() if line.strip()]
        + review_sentences(data / "quasi-reviews.jsonl.gz"),
    }
    return {name: [one for one in texts if keeps_off(one.text, leaks)] for name, texts in sources.items()}


def is_kept_back(group: str) -> bool:
    """The same rule as in models/shipped/kept-back.ts."""
    return hashlib.sha256(group.encode()).digest()[0] < KEPT_BACK


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


def runs(text: str) -> set[str]:
    return {text[at : at + LEAK] for at in range(len(text) - LEAK + 1)}


def test_runs() -> set[str]:
    """Every run of LEAK characters of every test line; a shorter line is a run itself."""
    found: set[str] = set()
    for path in sorted((MODELS / "tests").iterdir()):
        if path.suffix == ".tsv":
            texts = [line.split("\t")[-1] for line in path.read_text("utf-8").splitlines()]
        elif path.suffix == ".jsonl":
            texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
        else:
            continue
        for text in texts:
            own = plain(text.replace("|", ""))
            found |= runs(own) or {own}
    return found


def keeps_off(text: str, leaks: set[str]) -> bool:
    return text not in leaks and not runs(text) & leaks


# Half of the answers to "what do you wish for" are bare nouns or praise; these words are in the other half.
WISH = re.compile("ほし[いか]|欲し[いか]|あると|あれば|たら|お願い|希望|べき|ください|下さい")
# Answers that say nothing, in the place where a complaint would be.
NO_COMPLAINT = re.compile("特に|とくに|ない(です)?$|なし|無し|無い(です)?$|問題|不満|同じ|良かった|よかった|満足")


def weak_voices(path: Path) -> list[Text]:
    """Labels that follow from the question answered and the mark given; a mark of 1 is often meant as 5."""
    found: dict[str, Text] = {}
    for row in read_jsonl_gz(path):
        text = plain(row["text"])
        if text in found or not 4 <= len(text) <= 140 or re.search("&[a-z0-9#]+;", text):
            continue
        sentiment, kind, weight = weak_label(row, text) if len(text) >= 6 else (None, None, 0.0)
        question = None if row["question"] == "free" else row["question"]
        found[text] = Text(text, sentiment, kind, weight, question)
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
        if voice.weight < 0.5 or voice.kind == "request" or len(text) > 32 or "。" in text[:-1] or " " in text:
            continue
        if "ない" in text or "なかった" in text or WISH.search(text):
            continue
        turned = LAST_ADJECTIVE.sub(
            lambda m: m["stem"] + ("くなかった" if m["end"] == "かった" else "くない"), text
        )
        turned = LAST_VERB.sub(lambda m: m["stem"] + "ませんでした", turned)
        if turned != text:
            found.append(Text(turned, OTHER_SIDE[voice.sentiment], weight=0.5))
    return found


def requests(path: Path) -> list[Text]:
    found = []
    for row in read_jsonl_gz(path):
        leaves = row["topic"].split(",")
        paths = {"::".join(leaf.split("::")[:depth]) for leaf in leaves for depth in range(1, leaf.count("::") + 2)}
        found.append(Text(plain(row["text"]), topics=sorted(paths), space="requests"))
    return found


def written() -> list[Text]:
    """Every span of models/examples/*.jsonl and every line of *.tsv there but the pairs."""
    found = []
    for path in sorted((MODELS / "examples").glob("*.jsonl")):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            if is_kept_back(f"{path.name} {row['theme']}"):
                continue
            for span in row["spans"]:
                found.append(
                    Text(
                        plain(row["text"][span["start"] : span["end"]]),
                        span["sentiment"],
                        span["kind"],
                        topics=span["topics"],
                        space=topic_space(span["topics"], path.stem),
                        emotions=span["emotions"],
                        intensity=span["intensity"],
                        harm=span["harm"],
                    )
                )
    for path in sorted((MODELS / "examples").glob("*.tsv")):
        if path.stem.startswith("pairs-"):
            continue
        for line in path.read_text("utf-8").splitlines():
            topics, kind, sentiment, text = line.split("\t")
            if is_kept_back(f"{path.name} {plain(text)}"):
                continue
            space = "tourism" if path.stem.startswith("tourism") else "food-maker"
            found.append(Text(plain(text), sentiment, kind, topics=[t for t in topics.split("+") if t not in ("", "-")], space=space))
    return found


def topic_space(topics: list[str], stem: str) -> str:
    """Topics are told apart within an industry: 「値段」 of a hotel is no rival of 「値段」 of a shop."""
    return "food-maker" if stem == "food-maker" else topics[0].split(".")[0] if topics else stem


def pairs() -> list[Text]:
    found = []
    for path in sorted((MODELS / "examples").glob("pairs-*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            name, _type, sentiments, text = line.split("\t")
            if is_kept_back(f"{path.name} {name}"):
                continue
            for sentiment, clause in zip(sentiments.split(","), text.split("|"), strict=True):
                found.append(Text(plain(clause), sentiment, pair=f"{path.stem} {name}"))
    return found


def moral_judgements(path: Path) -> list[Text]:
    with path.open(encoding="utf-8", newline="") as file:
        return [Text(plain(row["sent"]), wrong=row["label"] == "1") for row in csv.DictReader(file)]


def review_sentences(path: Path) -> list[Text]:
    lines = [line for row in read_jsonl_gz(path) for line in row["text"].splitlines()]
    return [Text(plain(line)) for line in lines if line.strip()]


def read_jsonl_gz(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]
