"""Run by the Python of a virtual environment that has ethnicseer: JSON names on standard input,
{"labels": [...], "chances": [[...]]} on standard output."""

import json
import sys
import warnings

warnings.simplefilter("ignore")  # of scikit-learn's, that it is newer than the model

from importlib import import_module  # noqa: E402

peer = import_module("ethnicseer").EthnicClassifier.load_pretrained_model()
names = json.load(sys.stdin)
features = peer.vectorizer.transform([peer.extract_feat_str(name) for name in names])
chances = peer.clf.predict_proba(features)
labels = [peer.idx2eth[int(number)] for number in peer.clf.classes_]
json.dump({"labels": labels, "chances": chances.tolist()}, sys.stdout)
