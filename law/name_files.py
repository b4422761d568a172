"""Names in three languages from a file: Uzbek Latin, Russian and English; Cyrillic follows.

A file that cannot be used stops the program with the line on which to mend it.
"""

from collections.abc import Iterator
from pathlib import Path

import yaml

from law.errors import NamesFileError
from law.words import words
from registers.texts import Texts

# The parser in C is eight times as fast; the package may have been built without it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

WRITTEN: tuple[str, ...] = ("uz_Latn", "ru", "en")


class Entry:
    """A mapping in a file of names: its keys, the mappings and texts below them."""

    def __init__(self, file: Path, node: yaml.Node | None, name: str) -> None:
        self.file, self.name = file, name
        self.line = node.start_mark.line + 1 if node else 1
        if not isinstance(node, yaml.MappingNode) or not node.value:
            raise self.error(f"{name} holds nothing: write names below it.")
        self._nodes: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if key.value in self._nodes:
                self.line = key.start_mark.line + 1
                raise self.error(f"{key.value} stands here a second time.")
            self._nodes[key.value] = value

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def error(self, why: str) -> NamesFileError:
        """The error to raise about this entry."""
        return NamesFileError(self.file, self.line, why)

    def part(self, key: str) -> "Entry":
        """The mapping below a key; raises NamesFileError where there is none."""
        if key not in self._nodes:
            raise self.error(f"{self.name} has no {key}.")
        return Entry(self.file, self._nodes[key], key)

    def text(self, key: str) -> str:
        """The text below a key; raises NamesFileError where there is none."""
        node = self._nodes.get(key)
        if not isinstance(node, yaml.ScalarNode) or not str(node.value).strip():
            raise self.error(f"{self.name} has no {key}.")
        return str(node.value)

    def texts(self, *others: str) -> Texts:
        """The name in four languages; `others` are the keys that may stand beside it."""
        unknown = [key for key in self if key not in (*WRITTEN, *others)]
        if unknown:
            raise self.error(
                f"{self.name} has {unknown[0]}; its keys are {', '.join((*others, *WRITTEN))}."
            )
        return words(uz=self.text("uz_Latn"), ru=self.text("ru"), en=self.text("en"))


def read_names(file: Path) -> Entry:
    """The outermost mapping of a file; raises NamesFileError with file and line."""
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise NamesFileError(file, line, f"not readable as YAML ({error.problem}).") from error
    return Entry(file, node, file.stem)
