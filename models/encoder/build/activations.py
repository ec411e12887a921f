"""
Measures what goes into each matrix product, so that its int8 steps are fixed in the file. Scales that each call measures
anew would span all of its texts: a vector would depend on its neighbours, and no two texts could share a call.
"""

import json
from pathlib import Path

import numpy as np
import onnxruntime
from onnx import ModelProto, TensorProto, helper
from tokenizers import Tokenizer

from graph import Activations

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TEXTS = 450
STEPS = 255
# What lies beyond is cut off: so few values that all others gain more, see docs/decisions/004.
PERCENTILE = 99.99


def read_texts() -> list[str]:
    """@returns written voices whole, their spans and single lines, a third each: what is encoded is of any length"""
    voices = [json.loads(line) for path in sorted(EXAMPLES.glob("*.jsonl")) for line in lines_of(path)]
    whole = [voice["text"] for voice in voices]
    spans = [voice["text"][span["start"] : span["end"]] for voice in voices for span in voice["spans"]]
    lines = [line.split("\t")[-1].replace("|", "") for path in sorted(EXAMPLES.glob("polarity-*.tsv")) for line in lines_of(path)]
    return [text for texts in (whole, spans, lines) for text in texts[:: 3 * len(texts) // TEXTS]]


def measure_activations(model: ModelProto, tokenizer: Tokenizer, positions: int) -> Activations:
    """@param model in float32, as `build_graph` writes it @param positions most pieces of a text"""
    sources = [node.input[0] for node in model.graph.node if node.op_type == "MatMul" and node.output[0] != "pool.sum"]
    watched = ModelProto()
    watched.CopyFrom(model)
    watched.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in sources)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(watched.SerializeToString(), options)
    lows, highs = np.zeros(len(sources)), np.zeros(len(sources))
    for text in read_texts():
        ids = np.array([tokenizer.encode(text).ids[:positions]], dtype=np.int64)
        values = session.run(sources, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        for at, value in enumerate(values):
            low, high = np.percentile(value, [100 - PERCENTILE, PERCENTILE])
            lows[at], highs[at] = min(lows[at], low), max(highs[at], high)
    steps = (highs - lows) / STEPS
    return {name: (float(step), round(-low / step)) for name, step, low in zip(sources, steps, lows, strict=True)}


def lines_of(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line.strip()]
