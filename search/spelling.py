"""もしかして: words of the library that look or sound like one that is not found."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from search.folding import fold_text
from search.japanese import cut
from search.kana import from_romaji, is_kana, shortened, to_romaji

MOST = 8
_SHORTEST, _SHORTEST_READING, _LONG = 3, 4, 7
_LONGEST_READING = 20
_PARTICLES = {
    "の",
    "と",
    "を",
    "に",
    "で",
    "が",
    "は",
    "も",
    "や",
    "への",
    "との",
    "での",
    "からの",
    "および",
    "における",
}


class Speller:
    """The words of all documents by what they look like with one character left out, and by their readings."""

    def __init__(self, words: Iterable[tuple[str, str, int]]) -> None:
        """Take (word, reading, times) of all documents."""
        self._times: dict[str, int] = defaultdict(int)
        self._readings: dict[str, str] = {}
        for word, reading, times in words:
            if len(word) > 1:
                self._times[word] += times
                self._readings[word] = reading
        self._by_reading: dict[str, list[str]] = defaultdict(list)
        self._by_look: dict[str, list[str]] = defaultdict(list)
        for word, reading in self._readings.items():
            self._by_reading[reading].append(word)
            for key in _without_one(fold_text(word), _SHORTEST):
                self._by_look[key].append(word)
            for key in _without_one(reading, _SHORTEST_READING):
                self._by_look[key].append(word)

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        """The words by their Latin letters with long vowels short, as people write who do not type kana (kyukyu)."""
        words: dict[str, list[str]] = defaultdict(list)
        for word, reading in self._readings.items():
            words[_sound(reading)].append(word)
        return words

    def written(self, kana: str, *, by_sound: bool) -> list[list[str]]:
        """Return how what is read so can be written, the most frequent first, each as one or more words.

        ``by_sound`` leaves long vowels out of account, as people do who write in Latin letters.
        """
        words = self._by_reading.get(kana, [])
        if by_sound:
            words = words + [word for word in self._by_sound.get(_sound(kana), ()) if word not in words]
        if words or len(kana) < _SHORTEST_READING:
            return [[word] for word in sorted(words, key=lambda word: -self._times[word])]
        cut_up = self._cut_up(kana)
        return [cut_up] if cut_up else []

    def _cut_up(self, kana: str) -> list[str]:
        """Return the fewest words that are read so one after another, particles between them left out."""
        best: list[tuple[int, list[str]] | None] = [(0, []), *[None] * len(kana)]
        for start in range(len(kana)):
            here = best[start]
            if here is None:
                continue
            for end in range(start + 1, min(start + _LONGEST_READING, len(kana)) + 1):
                piece = kana[start:end]
                words = self._by_reading.get(piece, []) if len(piece) > 1 else []
                if not words and not (here[1] and piece in _PARTICLES):
                    continue
                found = [*here[1], max(words, key=self._times.__getitem__)] if words else here[1]
                old = best[end]
                if old is None or here[0] + 1 < old[0]:
                    best[end] = here[0] + 1, found
        return best[-1][1] if best[-1] else []

    def propose(self, word: str) -> list[str]:
        """Return words that may have been meant: those that sound the same, then the nearest and most frequent."""
        folded = fold_text(word)
        reading = _reading(folded)
        near: dict[str, tuple[int, int]] = {}  # the lesser of the distances in look and sound, and both together
        for other in self._by_reading.get(reading, ()):
            near[other] = 0, 0
        for other in self._by_sound.get(_sound(reading), ()) if folded.isascii() else ():
            near.setdefault(other, (0, 0))
        for key, shortest in ((folded, _SHORTEST), (reading, _SHORTEST_READING)):
            for part in _without_one(key, shortest):
                for other in self._by_look.get(part, ()):
                    if other in near:
                        continue
                    look, sound = _distance(folded, fold_text(other)), _distance(reading, self._readings[other])
                    if min(look, sound) <= 1 + (len(folded) >= _LONG):
                        near[other] = min(look, sound), look + sound
        ranked = sorted(near, key=lambda other: (near[other], -self._times[other], other))
        return [other for other in ranked if fold_text(other) != folded][:MOST]


def _sound(reading: str) -> str:
    return shortened(to_romaji(reading))


def is_slip(typed: str, other: str) -> bool:
    """Tell whether one text looks like a slip of the other: kana throughout, or with a character of it that is kept.

    Words that only sound alike (公園, 講演) are worth proposing; they are no answer to each other. Nor is a word of the
    dictionary a slip of another (定期便, 定期的), unless it sounds the same.
    """
    a, b = fold_text(typed), fold_text(other)
    if a.isascii():
        return b.isascii() or from_romaji(a) is not None  # a misspelt English word is no Japanese one
    if is_kana(a):
        return True
    if _is_proper(typed) and _reading(a) != _reading(b):
        return False
    return len(set(a) & set(b)) * 2 >= min(len(set(a)), len(set(b)))


def _is_proper(typed: str) -> bool:
    """Tell whether a text is made of words that the dictionary has, none of them a single character (個人情報, 埋葬)."""
    words = [compound.unit for compound in cut(typed).compounds if compound.unit.content]
    return all(word.known and len(word.surface) > 1 for word in words)


def _reading(folded: str) -> str:
    if is_kana(folded):
        return folded
    return from_romaji(folded) or "".join(part.unit.reading for part in cut(folded).compounds)


def _without_one(text: str, shortest: int) -> Iterator[str]:
    if len(text) >= shortest:
        yield text
        for i in range(len(text)):
            yield text[:i] + text[i + 1 :]


def _distance(a: str, b: str) -> int:
    """Return the edit distance, with two letters that changed places counted as one edit."""
    rows: list[Sequence[int]] = [range(len(b) + 1)]
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
