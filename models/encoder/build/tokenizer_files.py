"""The tokenizer as JSON that both Python's `tokenizers` and transformers.js read."""

import re

import numpy as np

SPECIALS = ["<s>", "<pad>", "</s>", "<unk>"]
# What the original normaliser does beside NFKC: these characters vanish, and these are spaces.
VANISHING = "".join(map(chr, [*range(1, 9), 0x0B, *range(0x0E, 0x20), 0x7F, 0x8F, 0x9F]))
SPACES = "\t\n\f\r \u200b\u200c\u200d\u200e\u200f\u2028\u2029\ufeff\ufffd"


def tokenizer_json(pieces: list[str], scores: np.ndarray) -> dict:
    """@param pieces in the order of their new ids, the four specials first"""
    special = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    metaspace = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [{"id": i, "content": token, **special} for i, token in enumerate(SPECIALS)],
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "NFKC"},
                _replace(f"[{re.escape(VANISHING)}]", ""),
                _replace(f"[{SPACES}]+", " "),
                {"type": "Strip", "strip_left": True, "strip_right": True},
            ],
        },
        "pre_tokenizer": metaspace,
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [_special_token("<s>"), {"Sequence": {"id": "A", "type_id": 0}}, _special_token("</s>")],
            "pair": [
                _special_token("<s>"),
                {"Sequence": {"id": "A", "type_id": 0}},
                _special_token("</s>"),
                {"Sequence": {"id": "B", "type_id": 0}},
                _special_token("</s>"),
            ],
            "special_tokens": {
                token: {"id": token, "ids": [SPECIALS.index(token)], "tokens": [token]} for token in ("<s>", "</s>")
            },
        },
        "decoder": metaspace,
        "model": {
            "type": "Unigram",
            "unk_id": SPECIALS.index("<unk>"),
            # The shortest decimals that are still the source's float32.
            "vocab": [[piece, float(str(score))] for piece, score in zip(pieces, scores)],
            "byte_fallback": False,
        },
    }


def tokenizer_config(max_tokens: int) -> dict:
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": "<s>",
        "cls_token": "<s>",
        "eos_token": "</s>",
        "sep_token": "</s>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
        "model_max_length": max_tokens,
        "model_input_names": ["input_ids", "attention_mask"],
        "clean_up_tokenization_spaces": False,
    }


def _replace(pattern: str, content: str) -> dict:
    return {"type": "Replace", "pattern": {"Regex": pattern}, "content": content}


def _special_token(token: str) -> dict:
    return {"SpecialToken": {"id": token, "type_id": 0}}
