"""Runs another script with pyHanko reading leniently: by default it judges no hybrid-reference files
(ISO 32000-2 §7.5.8.4), though it can.

usage: pyhanko_lenient.py SCRIPT ARGUMENT...
"""
import runpy
import sys

from pyhanko.pdf_utils import reader

strictly = reader.PdfFileReader.__init__


def leniently(self, stream, strict=True, **options):
    strictly(self, stream, strict=False, **options)


reader.PdfFileReader.__init__ = leniently
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
