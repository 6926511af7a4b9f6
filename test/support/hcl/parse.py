"""Parses HCL. Reads an object of texts by name on standard input, and writes an object of their parsed contents on standard output."""

import json
import sys

import hcl2

texts = json.load(sys.stdin)
json.dump({name: hcl2.loads(text) for name, text in texts.items()}, sys.stdout)
