"""Words in the languages a pack may speak: Chinese (中文), Korean (조선말) and English."""

from collections.abc import Iterable

from msgspec import Struct


class Text(Struct, frozen=True, forbid_unknown_fields=True):
    """Chinese always; of the others those the pack says it speaks."""

    zh: str
    ko: str = ""
    en: str = ""

    def in_(self, language: str) -> str:
        """The words in a language tag such as ``zh-hans``, ``ko`` or ``en``; Chinese when unknown."""
        match language.lower().partition("-")[0]:
            case "ko":
                return self.ko or self.zh
            case "en":
                return self.en or self.zh
            case _:
                return self.zh

    def blanks(self, languages: Iterable[str]) -> tuple[str, ...]:
        """Those of the languages in which nothing is said."""
        return tuple(tag for tag in languages if not getattr(self, tag).strip())
