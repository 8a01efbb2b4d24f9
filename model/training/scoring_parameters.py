"""How answers are made of what the network says and of what is counted: chosen on the validation
side of people (docs/network.md), of which no training has the full names, and on names of chats.
Where these people are at hand, `confidence` fits temperatures to the very checkpoint."""

from __future__ import annotations

from typing import Any

from model.inference.full_names import FullNames

# How much likelier than one of the 18 a language is taken to be before anything is read, in nats:
# fitted so that on people, each language alike, and three times as much on names of chats, what is
# right is likeliest. By judgement: languages of which nobody was counted; that Hindi is likelier
# than its smaller neighbours, who bear its names, and Spanish than those who share its surnames,
# since nobody from Spain was counted.
# fmt: off
PRIORS: dict[str, float] = {
    "Akan": -0.2, "Albanian": 0.2, "Amharic": 0.4, "Armenian": -0.1, "Azerbaijani": -0.1,
    "Basque": -0.4, "Bengali": -0.1, "Bulgarian": -0.4, "Burmese": -0.2, "Catalan": -0.7,
    "Danish": -0.4, "Estonian": 0.2, "Filipino": -0.3, "Finnish": -0.4, "Georgian": 0.3,
    "Hausa": -0.7, "Hindi": 0.0, "Hungarian": -0.5, "Icelandic": -0.4, "Igbo": -0.7,
    "Indonesian": 0.3, "Khmer": 0.4, "Latvian": 0.1, "Macedonian": 0.1, "Mongolian": 0.4,
    "Nepali": -0.6, "Norwegian": -0.5, "Persian": -0.5, "Romanian": -0.3, "Samoan": 0.1,
    "Serbo-Croatian": -0.4, "Slovak": -0.3, "Slovene": -0.4, "Swedish": -0.4, "Tamil": -0.1,
    "Thai": 0.3, "Turkish": -0.4, "Ukrainian": -0.4, "Urdu": -0.7, "Welsh": -0.3, "Yoruba": -0.6,
}
# fmt: on

SERVED: dict[str, Any] = {
    "served_temperature": 1.3,
    "full_names": FullNames(borrowed=0.1, temperature=1.3, alone=0.7).as_json(),
    "priors": PRIORS,
}
