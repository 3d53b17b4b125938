"""Words in the three languages of the prefecture: Chinese (中文), Korean (조선말) and English."""

from msgspec import Struct


class Text(Struct, frozen=True, forbid_unknown_fields=True):
    zh: str
    ko: str
    en: str

    def in_(self, language: str) -> str:
        """The words in a language tag such as ``zh-hans``, ``ko`` or ``en``; Chinese when unknown."""
        match language.lower().partition("-")[0]:
            case "ko":
                return self.ko
            case "en":
                return self.en
            case _:
                return self.zh

    def blanks(self) -> tuple[str, ...]:
        return tuple(tag for tag in ("zh", "ko", "en") if not getattr(self, tag).strip())
