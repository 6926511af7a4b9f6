"""Parses texts of HCL: an object of texts by name on standard input, an object of what they hold on standard output."""

import json
import sys

import hcl2

texts = json.load(sys.stdin)
json.dump({name: hcl2.loads(text) for name, text in texts.items()}, sys.stdout)
