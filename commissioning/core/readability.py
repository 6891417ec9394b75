"""How hard a text is to read: the length of its sentences and words, and the school grade that they stand for.

The grade is that of Flesch and Kincaid: J. P. Kincaid and others, "Derivation of new readability formulas for Navy
enlisted personnel", Research Branch Report 8-75, 1975. A grade of 4 to 6 is a reading age of about 9 to 11.
"""

import re
from dataclasses import dataclass

#: What a page for service users must keep to.
MOST_WORDS_A_SENTENCE, MOST_WORDS_ON_AVERAGE, HIGHEST_GRADE = 25, 15.0, 6.0
#: The formula's three numbers, from the report.
PER_WORD, PER_SYLLABLE, BASE = 0.39, 11.8, 15.59

_SENTENCE_ENDS = re.compile(r"[.!?:;]+(?=\s|$)|\n+")
_WORD = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)*")  # noqa: RUF001 - people and templates type both apostrophes
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"(?:[^laeiouysxzcgh]es|[^laeiouydt]ed|[^laeiouy]e|[aeiouy]le)$")


@dataclass(frozen=True)
class Reading:
    """How hard a text is to read."""

    sentences: int
    words: int
    words_a_sentence: float
    longest_sentence: str
    longest: int
    grade: float

    @property
    def faults(self) -> tuple[str, ...]:
        """Say in plain words what is too hard for a reading age of 9 to 11; nothing where it is not."""
        found = []
        if self.longest > MOST_WORDS_A_SENTENCE:
            found.append(f"One sentence has {self.longest} words: cut it in two, or more")
        if self.words_a_sentence > MOST_WORDS_ON_AVERAGE:
            found.append(f"Its sentences have {self.words_a_sentence:.0f} words on average: 15 are enough")
        if self.grade > HIGHEST_GRADE:
            found.append("Its words are long: use shorter ones, as you would to a child of ten")
        return tuple(found)


def read(text: str) -> Reading:
    """Measure a text. A line's end ends a sentence too, as in a list or a heading.

    Returns
    -------
    A text without words is as easy as can be.
    """
    sentences = [each.strip() for each in _SENTENCE_ENDS.split(text) if _WORD.search(each)]
    counts = [len(_WORD.findall(each)) for each in sentences]
    words = [word for each in sentences for word in _WORD.findall(each)]
    if not words:
        return Reading(0, 0, 0.0, "", 0, 0.0)
    on_average = len(words) / len(sentences)
    grade = PER_WORD * on_average + PER_SYLLABLE * sum(map(syllables, words)) / len(words) - BASE
    longest = max(range(len(counts)), key=counts.__getitem__)
    return Reading(len(sentences), len(words), on_average, sentences[longest], counts[longest], grade)


def syllables(word: str) -> int:
    """Count a word's syllables by its groups of vowels, without a silent end. A number counts as one.

    Notes
    -----
    English spelling has no rule without exceptions; over a page the misses even out.
    """
    plain = re.sub(r"[^a-z]", "", word.lower())
    groups = len(_VOWELS.findall(plain))
    if groups > 1 and _SILENT_END.search(plain) and not plain.endswith("le"):
        groups -= 1
    return max(1, groups)
