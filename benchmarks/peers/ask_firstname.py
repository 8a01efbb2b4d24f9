"""The same for firstname-to-nationality: its model, not its dictionary, in which the people are
that it is measured on."""

import contextlib
import json
import sys
import warnings

warnings.simplefilter("ignore")  # of scikit-learn's, that it is newer than the model

from importlib import import_module  # noqa: E402

with contextlib.redirect_stdout(sys.stderr):
    peer = import_module("firstname_to_nationality").FirstnameToNationality(dictionary_path="none")
names = json.load(sys.stdin)
chances = peer.model.predict_proba([peer.preprocessor.preprocess_name(name) for name in names])
labels = peer.label_encoder.inverse_transform(peer.model.classes_).tolist()
json.dump({"labels": labels, "chances": chances.tolist()}, sys.stdout)
