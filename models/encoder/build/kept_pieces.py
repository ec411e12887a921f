"""Which of the 250,002 pieces a Japanese product keeps."""

import gzip
import json
import re
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from tokenizer_files import SPECIALS, tokenizer_json

ASCII_PIECES = 3_000  # names, units and product codes inside Japanese text
KANJI_RUN = 3  # longer runs are whole phrases, and nearly all of them Chinese
BATCH = 5_000

KANA = re.compile("[\u3041-\u30ff\u31f0-\u31ff]")
KANJI = re.compile(f"[\u3400-\u9fff々〆]{{1,{KANJI_RUN}}}")


def choose_pieces(pieces: list[str], scores: np.ndarray, voices: list[Path]) -> list[int]:
    """@returns source piece ids, ascending, so that the specials stay 0 to 3"""
    likeliest = sorted(range(len(SPECIALS), len(pieces)), key=lambda i: (-scores[i], i))
    ascii_pieces = [i for i in likeliest if pieces[i].replace("▁", "").isascii()][:ASCII_PIECES]
    japanese = [i for i, piece in enumerate(pieces) if _is_japanese(piece)]
    return sorted({*range(len(SPECIALS)), *ascii_pieces, *japanese, *_seen(pieces, scores, voices)})


def _is_japanese(piece: str) -> bool:
    if len(piece) == 1 or KANA.search(piece):
        return True
    return KANJI.fullmatch(piece) is not None and _in_shift_jis(piece)


def _in_shift_jis(piece: str) -> bool:
    try:
        return bool(piece.encode("shift_jis"))
    except UnicodeEncodeError:
        return False


def _seen(pieces: list[str], scores: np.ndarray, voices: list[Path]) -> set[int]:
    tokenizer = Tokenizer.from_str(json.dumps(tokenizer_json(pieces, scores)))
    seen = set()
    for path in voices:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in lines]
        for start in range(0, len(texts), BATCH):
            for encoding in tokenizer.encode_batch(texts[start : start + BATCH]):
                seen.update(encoding.ids)
    return seen
