"""How this program is run beside its peers."""
import os
import pathlib

here = pathlib.Path(__file__).resolve().parent


def environment(models):
    """Models are taken from this folder; cargo runs a benchmark in the folder of the project."""
    return os.environ | {"VSA_AUDIT_MODELS_DIR": os.path.abspath(models), "PYTHONPATH": str(here)}


def command(program, clip, report, workers, models, engine, precision):
    start = [program, "--quiet", "audit", clip, "--out", report, "--jobs", workers, "--models", models]
    return [*start, "--engine", engine, "--precision", precision, "--data-basis", "public"]
