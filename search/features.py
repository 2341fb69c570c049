"""What a search can do beyond looking words up, each part of which can be left out to see what it is worth."""

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class Features:
    """The parts of a search; all of them work where nothing else is said.

    ``synonyms`` finds other words for the same; ``readings`` what sounds so; ``pieces`` parts of names that are no
    words (pairs of characters); ``spelling`` words that look nearly so, where the ones typed are not found;
    ``together`` asks that the parts of a compound stand together; ``exact_first`` puts what was typed before all that
    widens it; ``field_weights`` counts a title for more than a line of text; ``titles`` puts first what is called so;
    ``light_words`` lets words that say little count for little in a sentence.
    """

    synonyms: bool = True
    readings: bool = True
    pieces: bool = True
    spelling: bool = True
    together: bool = True
    exact_first: bool = True
    field_weights: bool = True
    titles: bool = True
    light_words: bool = True

    def without(self, name: str) -> "Features":
        """Return the same with one part left out."""
        return replace(self, **{name: False})


ALL = Features()
NAMES: tuple[str, ...] = tuple(field.name for field in fields(Features))
