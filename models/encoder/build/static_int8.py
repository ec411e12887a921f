"""Quantises the unquantised graph with fixed activation scales, to measure against the shipped graph: not shipped."""

import argparse
from pathlib import Path

import numpy as np
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from tokenizers import Tokenizer

from sources import plain, read_jsonl_gz

TEXTS = 400


class Voices(CalibrationDataReader):
    """Real voices, one a call, from which the scales are taken."""

    def __init__(self, data: Path, tokenizer: Tokenizer):
        rows = read_jsonl_gz(data / "hokuriku-voices.jsonl.gz")
        texts = [plain(row["text"]) for row in rows[:: len(rows) // TEXTS]]
        self.feeds = iter([feed(tokenizer.encode(text).ids) for text in texts])

    def get_next(self):
        return next(self.feeds, None)


def feed(ids: list[int]) -> dict[str, np.ndarray]:
    return {"input_ids": np.array([ids]), "attention_mask": np.ones((1, len(ids)), np.int64)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("float_model", type=Path, help="written by build.py --float-model")
    parser.add_argument("tokenizer", type=Path, help="tokenizer.json of the encoder's folder")
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="folder of hokuriku-voices.jsonl.gz")
    arguments = parser.parse_args()
    quantize_static(
        arguments.float_model,
        arguments.out,
        Voices(arguments.data, Tokenizer.from_file(str(arguments.tokenizer))),
        quant_format=QuantFormat.QOperator,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )
