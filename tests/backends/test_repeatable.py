"""The same scenes give the same bytes, whatever the process, its hash seed, its time zone and its language."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

CODE = """
import hashlib, sys, warnings
warnings.simplefilter("ignore")
from journeymap.backends.{module} import {name}
from journeymap.testing.scenes import sample_scenes
sys.stdout.write(hashlib.sha256({name}(sample_scenes())).hexdigest())
"""


def digest(module, name, **settings):
    done = subprocess.run(
        [sys.executable, "-c", CODE.format(module=module, name=name)],
        env={**os.environ, **settings},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


@pytest.mark.parametrize(("module", "name"), [("svg", "svg"), ("matplotlib", "png"), ("matplotlib", "pdf")])
def test_two_processes_give_the_same_bytes(module, name):
    one = digest(module, name, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8", SOURCE_DATE_EPOCH="0")
    other = digest(module, name, PYTHONHASHSEED="4242", TZ="Asia/Tokyo", LC_ALL="de_DE.UTF-8", LANG="de_DE.UTF-8")
    assert len(one) == 64
    assert one == other
